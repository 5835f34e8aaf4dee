"""The broker between posts and HQ: NATS. It carries copies and is never the record."""
