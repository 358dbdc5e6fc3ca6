package page

import "testing"

func TestClamp(t *testing.T) {
	for in, want := range map[Request]Request{
		{}:                       {Limit: DefaultLimit},
		{Limit: 10_000}:          {Limit: MaxLimit},
		{Limit: 5, Offset: -1}:   {Limit: 5},
		{Limit: 5, Offset: 1000}: {Limit: 5, Offset: 1000},
	} {
		if got := in.Clamp(); got != want {
			t.Errorf("%+v: %+v, want %+v", in, got, want)
		}
	}
}
