"""`lookus bench analytics`: made events of many shops, and how long their pages and sums take."""
