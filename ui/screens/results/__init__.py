"""Results by post, each number with its working, and the components that come later."""
