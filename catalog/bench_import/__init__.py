"""`lookus bench import`: what bringing a catalogue in costs."""
