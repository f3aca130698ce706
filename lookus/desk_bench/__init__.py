"""How fast the shop's admin is on a large catalogue, beside a small one."""
