package money

import "encoding/json"

type wire struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// MarshalJSON implements json.Marshaler.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{m.minor, m.currency.String()})
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *Money) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	c, err := ParseCurrency(w.Currency)
	if err != nil {
		return err
	}
	*m = New(w.Minor, c)
	return nil
}
