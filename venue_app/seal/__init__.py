"""What can be proved afterwards: keys, signed pages and files, the bundle, and the check of all of them."""
