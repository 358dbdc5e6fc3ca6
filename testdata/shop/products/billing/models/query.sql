-- name: CreateInvoice :one
INSERT INTO invoices (id, order_id, account_id, amount_minor, currency, due_at)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *;

-- name: GetInvoice :one
SELECT * FROM invoices WHERE id = $1;

-- name: ListOverdue :many
SELECT * FROM invoices WHERE status = 'open' AND due_at < $1 ORDER BY due_at;

-- name: MarkPaid :execrows
UPDATE invoices SET status = 'paid', paid_at = $2 WHERE id = $1 AND status = 'open';
