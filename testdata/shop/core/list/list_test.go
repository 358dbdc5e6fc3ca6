package list

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestOfCopies(t *testing.T) {
	src := []int{1, 2, 3}
	l := Of(src...)
	src[0] = 9
	if got := slices.Collect(l.All()); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("the list changed with its source: %v", got)
	}
}

func TestJSON(t *testing.T) {
	for want, l := range map[string]List[int]{"[]": {}, "[4,5]": Of(4, 5)} {
		if got, err := json.Marshal(l); err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}
