"""Parts of `./dev bench fax`: sets of faxes, the score, CPU against the bare engine, memory, waiting time."""
