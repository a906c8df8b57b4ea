import _circular_b

done = True
late = 1
