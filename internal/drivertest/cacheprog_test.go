package drivertest

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The answers of the suite lie in Go's build cache. So whatever shares that
// between machines shares them: another machine, with nothing of its own, does
// not analyse again what this one has.
func TestVetSharesAnswersBetweenMachines(t *testing.T) {
	t.Parallel()
	remote := t.TempDir()
	machine := func(tr *tree) {
		tr.env = []string{cacheDirs + "=" + remote + string(os.PathListSeparator) + t.TempDir(), "GOCACHEPROG=" + toyTool(t)}
	}
	first := plant(t, mono)
	machine(first)
	a := first.vet("-trimpath", "-x", "./...")
	if n := first.units(a); !strings.Contains(a.stderr, private) || n != 4 {
		t.Errorf("the first machine ran the tool %d times: %v", n, findings(a))
	}
	for name, second := range map[string]*tree{"the same checkout": first, "another checkout": plant(t, mono)} {
		machine(second)
		a := second.vet("-trimpath", "-x", "./...")
		if n := second.units(a); !strings.Contains(a.stderr, private) || n != 1 { // what was found is found again
			t.Errorf("%s: the tool ran %d times: %v", name, n, findings(a))
		}
		second.write("boundaries.toml", "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n")
		second.says(second.vet("-trimpath", "./..."))
	}
}

// cacheDirs names the two directories of the cache program: the store that all
// machines share, and the one that is this machine's own.
const cacheDirs = "DRIVERTEST_CACHE"

// cacheProgram speaks to the go command as GOCACHEPROG does. Entries are files
// named after their action, with the name of the output in the first line.
func cacheProgram(dirs string, stdin io.Reader, stdout io.Writer) error {
	list := filepath.SplitList(dirs)
	remote, local := list[0], list[1]
	in, out := json.NewDecoder(bufio.NewReader(stdin)), json.NewEncoder(stdout)
	type request struct {
		ID       int64
		Command  string
		ActionID []byte
		OutputID []byte
		BodySize int64
	}
	type response struct {
		ID            int64
		KnownCommands []string   `json:",omitempty"`
		Miss          bool       `json:",omitempty"`
		OutputID      []byte     `json:",omitempty"`
		Size          int64      `json:",omitempty"`
		Time          *time.Time `json:",omitempty"`
		DiskPath      string     `json:",omitempty"`
	}
	if err := out.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var r request
		if err := in.Decode(&r); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		answer := response{ID: r.ID}
		entry, body := hex.EncodeToString(r.ActionID), filepath.Join(local, hex.EncodeToString(r.ActionID))
		switch r.Command {
		case "put":
			var content []byte
			if r.BodySize > 0 {
				var text string
				if err := in.Decode(&text); err != nil {
					return err
				}
				var err error
				if content, err = base64.StdEncoding.DecodeString(text); err != nil {
					return err
				}
			}
			shared := append([]byte(hex.EncodeToString(r.OutputID)+"\n"), content...)
			if err := errors.Join(os.WriteFile(filepath.Join(remote, entry), shared, 0o666), os.WriteFile(body, content, 0o666)); err != nil {
				return err
			}
			answer.DiskPath = body
		case "get":
			shared, err := os.ReadFile(filepath.Join(remote, entry))
			if err != nil {
				answer.Miss = true
				break
			}
			id, content, _ := strings.Cut(string(shared), "\n")
			if answer.OutputID, err = hex.DecodeString(id); err != nil {
				return err
			}
			if err := os.WriteFile(body, []byte(content), 0o666); err != nil {
				return err
			}
			now := time.Now()
			answer.Size, answer.Time, answer.DiskPath = int64(len(content)), &now, body
		case "close":
			return out.Encode(answer)
		default:
			return fmt.Errorf("unknown command %q", r.Command)
		}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
}
