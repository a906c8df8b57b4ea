"""An incremental solver of one-way constraint hierarchies.

Kind: object-oriented
Origin: DeltaBlue (B. Freeman-Benson, J. Maloney and A. Borning, CACM 33(1), 1990; M. Sannella et al., 1993), written here from the published algorithm
Stresses: deep class hierarchies, abstract methods at polymorphic call sites, lists of objects, short methods, string and enum-like constants
Test size: 8
"""

import sys

FULL_SIZE = 3_000


class Strength:
    """A place in the hierarchy of preferences; smaller numbers are stronger."""

    def __init__(self, level, name):
        self.level = level
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"

    def stronger(self, other):
        return self.level < other.level

    def weaker(self, other):
        return self.level > other.level


REQUIRED = Strength(0, "required")
STRONG = Strength(1, "strong")
PREFERRED = Strength(2, "preferred")
NORMAL = Strength(3, "normal")
WEAK_DEFAULT = Strength(4, "weak default")
WEAKEST = Strength(5, "weakest")
WEAKER_BY_ONE = {a: b for a, b in zip(
    [REQUIRED, STRONG, PREFERRED, NORMAL, WEAK_DEFAULT],
    [STRONG, PREFERRED, NORMAL, WEAK_DEFAULT, WEAKEST],
)}


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk = WEAKEST
        self.stay = True


class Constraint:
    """Common behaviour: how a constraint is chosen, overridden and propagated."""

    is_input = False

    def __init__(self, strength, planner):
        self.strength = strength
        planner.total += 1

    def add_to(self, planner):
        self.attach()
        planner.incremental_add(self)

    def destroy(self, planner):
        if self.satisfied():
            planner.incremental_remove(self)
        else:
            self.detach()

    def satisfy(self, mark, planner):
        self.choose_method(mark)
        if not self.satisfied():
            if self.strength is REQUIRED:
                raise ValueError("a required constraint cannot be satisfied")
            return None
        for variable in self.inputs():
            variable.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.mark_unsatisfied()
        out.determined_by = self
        if not planner.add_propagate(self, mark):
            raise ValueError("a cycle of constraints")
        out.mark = mark
        return overridden

    def inputs_known(self, mark):
        for variable in self.inputs():
            if not (variable.mark == mark or variable.stay or variable.determined_by is None):
                return False
        return True


class UnaryConstraint(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength, planner)
        self.variable = variable
        self.active = False
        self.add_to(planner)

    def attach(self):
        self.variable.constraints.append(self)
        self.active = False

    def detach(self):
        self.variable.constraints.remove(self)
        self.active = False

    def satisfied(self):
        return self.active

    def choose_method(self, mark):
        self.active = self.variable.mark != mark and self.strength.stronger(self.variable.walk)

    def mark_unsatisfied(self):
        self.active = False

    def inputs(self):
        return ()

    def output(self):
        return self.variable

    def recalculate(self):
        variable = self.variable
        variable.walk = self.strength
        variable.stay = not self.is_input
        if variable.stay:
            self.execute()


class Stay(UnaryConstraint):
    def execute(self):
        pass


class Edit(UnaryConstraint):
    is_input = True

    def execute(self):
        pass


class BinaryConstraint(Constraint):
    NONE, FORWARD, BACKWARD = 0, 1, -1

    def __init__(self, first, second, strength, planner):
        super().__init__(strength, planner)
        self.first = first
        self.second = second
        self.direction = self.NONE
        self.add_to(planner)

    def attach(self):
        for variable in self.ends():
            variable.constraints.append(self)
        self.direction = self.NONE

    def detach(self):
        for variable in self.ends():
            variable.constraints.remove(self)
        self.direction = self.NONE

    def ends(self):
        return (self.first, self.second)

    def satisfied(self):
        return self.direction != self.NONE

    def choose_method(self, mark):
        first, second, strength = self.first, self.second, self.strength
        if first.mark == mark:
            free = second.mark != mark and strength.stronger(second.walk)
            self.direction = self.FORWARD if free else self.NONE
        elif second.mark == mark:
            free = strength.stronger(first.walk)
            self.direction = self.BACKWARD if free else self.NONE
        elif first.walk.weaker(second.walk):
            self.direction = self.BACKWARD if strength.stronger(first.walk) else self.NONE
        else:
            self.direction = self.FORWARD if strength.stronger(second.walk) else self.BACKWARD
            if not strength.stronger(second.walk):
                self.direction = self.NONE

    def mark_unsatisfied(self):
        self.direction = self.NONE

    def input(self):
        return self.first if self.direction == self.FORWARD else self.second

    def inputs(self):
        return (self.input(),)

    def output(self):
        return self.second if self.direction == self.FORWARD else self.first

    def recalculate(self):
        source, target = self.input(), self.output()
        target.walk = self.strength if self.strength.weaker(source.walk) else source.walk
        target.stay = source.stay
        if target.stay:
            self.execute()


class Equal(BinaryConstraint):
    def execute(self):
        self.output().value = self.input().value


class Scale(BinaryConstraint):
    """second == first * factor + offset."""

    def __init__(self, first, factor, offset, second, strength, planner):
        self.factor = factor
        self.offset = offset
        super().__init__(first, second, strength, planner)

    def ends(self):
        return (self.first, self.second, self.factor, self.offset)

    def inputs(self):
        return (self.input(), self.factor, self.offset)

    def execute(self):
        if self.direction == self.FORWARD:
            self.second.value = self.first.value * self.factor.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.factor.value

    def recalculate(self):
        source, target = self.input(), self.output()
        target.walk = self.strength if self.strength.weaker(source.walk) else source.walk
        target.stay = source.stay and self.factor.stay and self.offset.stay
        if target.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0
        self.total = 0
        self.executed = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.mark_unsatisfied()
        constraint.detach()
        unsatisfied = self.remove_propagate(out)
        strength = REQUIRED
        while strength is not WEAKEST:
            for other in unsatisfied:
                if other.strength is strength:
                    self.incremental_add(other)
            strength = WEAKER_BY_ONE[strength]

    def make_plan(self, sources):
        mark = self.new_mark()
        plan = []
        todo = [c for c in sources if c.is_input and c.satisfied()]
        while todo:
            constraint = todo.pop()
            out = constraint.output()
            if out.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                out.mark = mark
                self.add_consumers(out, todo)
        return plan

    def add_propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            item = todo.pop()
            if item.output().mark == mark:
                self.incremental_remove(constraint)
                return False
            item.recalculate()
            self.add_consumers(item.output(), todo)
        return True

    def remove_propagate(self, out):
        out.determined_by = None
        out.walk = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.satisfied():
                    unsatisfied.append(constraint)
            determining = variable.determined_by
            for constraint in variable.constraints:
                if constraint is not determining and constraint.satisfied():
                    constraint.recalculate()
                    todo.append(constraint.output())
        return unsatisfied

    def add_consumers(self, variable, found):
        determining = variable.determined_by
        for constraint in variable.constraints:
            if constraint is not determining and constraint.satisfied():
                found.append(constraint)

    def run(self, plan):
        self.executed += len(plan)
        for constraint in plan:
            constraint.execute()


def change(variable, value, planner):
    edit = Edit(variable, PREFERRED, planner)
    plan = planner.make_plan([edit])
    for _ in range(10):
        variable.value = value
        planner.run(plan)
    edit.destroy(planner)


def chain_test(size):
    """Equalities in a row; edits at the head win over a weak stay at the tail, not over a strong one."""
    planner = Planner()
    variables = [Variable(f"v{i}") for i in range(size + 1)]
    for first, second in zip(variables, variables[1:]):
        Equal(first, second, REQUIRED, planner)
    stay = Stay(variables[-1], STRONG, planner)
    edit = Edit(variables[0], PREFERRED, planner)
    if edit.satisfied():
        raise AssertionError("a weaker edit overrode a stronger stay")
    stay.destroy(planner)
    Stay(variables[-1], WEAK_DEFAULT, planner)
    plan = planner.make_plan([edit])
    for value in range(60):
        variables[0].value = value
        planner.run(plan)
        if variables[-1].value != value:
            raise AssertionError("the chain did not propagate")
    edit.destroy(planner)
    return planner.total, planner.executed


def projection_test(size):
    planner = Planner()
    scale = Variable("scale", 10)
    offset = Variable("offset", 1000)
    sources, targets = [], []
    for i in range(size):
        source, target = Variable(f"source{i}", i), Variable(f"target{i}", i)
        sources.append(source)
        targets.append(target)
        Stay(source, NORMAL, planner)
        Scale(source, scale, offset, target, REQUIRED, planner)
    change(sources[-1], 17, planner)
    forward = targets[-1].value
    change(targets[-1], 1050, planner)
    backward = sources[-1].value
    change(scale, 5, planner)
    after_scale = sum(t.value for t in targets[:-1])
    change(offset, 2000, planner)
    after_offset = sum(t.value for t in targets[:-1])
    return forward, backward, after_scale, after_offset, planner.executed


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    for step in (1, 2, 4):
        print("chain:", *chain_test(size * step))
        print("projection:", *projection_test(size * step))


if __name__ == "__main__":
    main()
