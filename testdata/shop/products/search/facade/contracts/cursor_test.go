package contracts

import "testing"

func TestSeenCopy(t *testing.T) {
	c := NewCursor("prd_1", "prd_2")
	c.SeenCopy()[0] = "prd_9"
	if c.Seen()[0] != "prd_1" {
		t.Errorf("the cursor changed: %v", c.Seen())
	}
}
