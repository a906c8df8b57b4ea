"""A small program: accounts, transfers, errors, a report."""
class InsufficientFunds(Exception):
    def __init__(self, account, needed):
        super().__init__(f"{account.owner} lacks {needed - account.balance:.2f}")
        self.account = account


class Account:
    interest = 0.01
    _count = 0

    def __init__(self, owner, balance=0.0):
        self.owner, self._balance = owner, balance
        Account._count += 1
        self.number = f"{Account._count:05d}"
        self.history = []

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"cannot deposit {amount!r}")
        self._balance += amount
        self.history.append(("deposit", amount))
        return self

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(self, amount)
        self._balance -= amount
        self.history.append(("withdraw", amount))
        return self

    def __repr__(self):
        return f"<{type(self).__name__} {self.number} {self.owner}: {self.balance:,.2f}>"

    def __lt__(self, other):
        return self.balance < other.balance

    def __iadd__(self, amount):
        return self.deposit(amount)


class Savings(Account):
    interest = 0.05

    def accrue(self):
        return self.deposit(round(self.balance * self.interest, 2))


def transfer(source, target, amount):
    try:
        source.withdraw(amount)
    except InsufficientFunds as error:
        print("refused:", error)
        return False
    else:
        target.deposit(amount)
        return True
    finally:
        print("attempted", amount)


a, b = Account("Ann", 100), Savings("Bob", 2500.5)
print(transfer(a, b, 30), transfer(a, b, 1000))
b.accrue().deposit(1)
a += 5
try:
    a.deposit(-1)
except ValueError as error:
    print(error)
print(a, b, sorted([b, a]), max(a, b).owner)
for account in (a, b):
    for kind, amount in account.history:
        print(f"{account.owner:<5}|{kind:^10}|{amount:>12,.2f}|")
try:
    a.balance = 5
except AttributeError as error:
    print(error)
