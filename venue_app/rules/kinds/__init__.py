"""How each kind of component is worked out: one module an idea, each with its column and its working."""
