"""A long source line, and one with tabs and trailing comment."""
def f(alpha, beta, gamma, delta, epsilon):
	return alpha + beta + gamma + delta + epsilon  # a comment that stays in the line shown below the frame


f(1, 2, 3, 4, "a string that makes the addition fail because it is not a number at all, in any way whatsoever")
