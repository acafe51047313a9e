"""`make benchmark-minutes`: what is found in planted meetings, and summaries beside named peers."""

from __future__ import annotations

from benchmarks import summaries, traps


def main() -> None:
    """Print both tables."""
    traps.print_table()
    print()
    summaries.print_table()


if __name__ == "__main__":
    main()
