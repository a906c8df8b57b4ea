"""ImportError suggests a similar name."""
from _near import valeu
