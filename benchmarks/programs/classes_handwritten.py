"""What ``classes.lsp`` does, as one writes it in Python."""

from __future__ import annotations


class Account:
    def __init__(self, balance: int = 0, moves: int = 0) -> None:
        self.balance = balance
        self.moves = moves

    def deposit(self, n: int) -> None:
        self.balance += n
        self.moves += 1

    def withdraw(self, n: int) -> None:
        if n <= self.balance:
            self.balance -= n
            self.moves += 1

    def fee(self) -> int:
        return 1


class Premium(Account):
    def __init__(self, bonus: int, balance: int = 0, moves: int = 0) -> None:
        super().__init__(balance, moves)
        self.bonus = bonus

    def fee(self) -> int:
        return 0

    def deposit(self, n: int) -> None:
        super().deposit(n + self.bonus)


def bank(rounds: int) -> int:
    plain = Account()
    premium = Premium(2)
    for i in range(rounds):
        plain.deposit(i)
        premium.deposit(1)
        plain.withdraw(1 + plain.fee())
    return plain.balance + premium.balance


class Particle:
    def __init__(self, x: float, v: float) -> None:
        self.x = x
        self.v = v

    def step(self, dt: float) -> None:
        self.x = self.x + self.v * dt
        if self.x < 0.0 or self.x > 1.0:
            self.v = -self.v

    def energy(self) -> float:
        return self.v * self.v / 2.0


def simulate(count: int, rounds: int) -> float:
    particles = [Particle(0.5, i / 100.0) for i in range(count)]
    for _ in range(rounds):
        for particle in particles:
            particle.step(0.01)
    total = 0.0
    for particle in particles:
        total += particle.energy()
    return total
