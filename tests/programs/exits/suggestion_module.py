"""NameError suggests importing a module of the standard library."""
print("x")
sys.exit()
