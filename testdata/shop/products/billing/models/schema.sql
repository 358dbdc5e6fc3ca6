CREATE TYPE invoice_status AS ENUM ('open', 'paid', 'void');

CREATE TABLE invoices (
  id           text PRIMARY KEY,
  order_id     text NOT NULL,
  account_id   text NOT NULL,
  amount_minor bigint NOT NULL,
  currency     text NOT NULL,
  status       invoice_status NOT NULL DEFAULT 'open',
  due_at       timestamptz NOT NULL,
  paid_at      timestamptz
);
