// Package queue runs jobs later, in another process.
package queue

import (
	"context"
	"fmt"
	"time"
)

// Job is a piece of work that repeats.
type Job struct {
	Name  string
	Every time.Duration
	Run   func(context.Context) error
}

// Runner runs jobs until its context ends.
type Runner struct {
	jobs []Job
}

// Add registers jobs.
func (r *Runner) Add(jobs ...Job) { r.jobs = append(r.jobs, jobs...) }

// Once runs every job a single time and returns the first error.
func (r *Runner) Once(ctx context.Context) error {
	for _, j := range r.jobs {
		if err := j.Run(ctx); err != nil {
			return fmt.Errorf("queue: %s: %w", j.Name, err)
		}
	}
	return nil
}
