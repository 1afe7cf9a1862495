"""What `sprint-live methods` needs beside the judge: a second encoder, and curves over minutes."""
