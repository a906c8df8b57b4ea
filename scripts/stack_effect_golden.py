"""Write `dis.stack_effect` of every generic and pseudo opcode, as JSON lines: name, [argument, without jump, with jump]…

    python3.13 scripts/stack_effect_golden.py > vm-core/tests/golden/stack_effect.jsonl
"""
import dis
import json
import opcode

for name, number in sorted(opcode.opmap.items(), key=lambda item: item[1]):
    if name.startswith("INSTRUMENTED_") or name in ("RESERVED", "ENTER_EXECUTOR"):
        continue
    rows = []
    for arg in (0, 1, 2, 3, 4, 5, 16, 17, 255, 513) if number in opcode.hasarg else (None,):
        try:
            rows.append([arg or 0] + [dis.stack_effect(number, arg, jump=jump) for jump in (False, True)])
        except ValueError:
            pass
    print(json.dumps([name, rows]))
