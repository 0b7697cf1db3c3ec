"""Understanding of Vietnamese text: strings in, values out, no input or output."""
