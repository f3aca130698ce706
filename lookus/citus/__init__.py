"""Past one machine: the single-node schema turned into Citus' tables, distributed by `shop_id`."""
