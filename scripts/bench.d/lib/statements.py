"""The statements that a server sends for one check-in, caught from PostgreSQL's log and made into scripts."""

import re
from datetime import datetime

LINE = re.compile(r"^(\d+) (LOG|DETAIL): {1,2}(.*)$")
EXECUTED = re.compile(r"^(?:execute [^:]+|statement): (.*)$", re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'((?:[^']|'')*)')", re.S)
PLACE = re.compile(r"\$(\d+)")
RETURNED = re.compile(r'RETURNING "(\w+)"\."id"$')
ANY = re.compile(r"= ANY\(\$(\d+)\)")
INSTANT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d$")


def read(log):
    """The statements of a log written with `log_line_prefix=%p `, as `(sql, parameters)` in their order."""
    entries = []
    for line in log.splitlines():
        head = LINE.match(line)
        if head:
            entries.append([head[2], head[3]])
        elif entries:
            entries[-1][1] += "\n" + line.lstrip("\t")
    statements = []
    for kind, text in entries:
        executed = EXECUTED.match(text)
        if kind == "LOG" and executed:
            # What stands between two units goes to the database in one message of several statements.
            several = executed[1].split(";") if text.startswith("statement:") else [executed[1]]
            statements.extend((sql.strip(), []) for sql in several if sql.strip())
        elif kind == "DETAIL" and text.startswith("parameters:") and statements:
            found = PARAMETER.findall(text)
            values = [None if quoted == "NULL" else inner.replace("''", "'") for _, quoted, inner in found]
            statements[-1] = (statements[-1][0], values)
    return statements


def of_one_check_in(busy, idle):
    """What the log of a check-in holds beyond the log of an idle server.

    A transaction is left out as a whole, so that no lone BEGIN of a sweep stays behind. What a connection says of
    itself when it opens (SET …) belongs to no check-in.
    """
    known = {unit_text(unit) for unit in units(idle)}
    return [statement for unit in units(busy) if unit_text(unit) not in known for statement in unit
            if not statement[0].upper().startswith("SET ")]


def units(statements):
    """Parts a log into transactions and single statements."""
    parted, inside = [], False
    for statement in statements:
        word = statement[0].split()[0].upper()
        if inside:
            parted[-1].append(statement)
        else:
            parted.append([statement])
        inside = (inside or word in ("BEGIN", "START")) and word not in ("COMMIT", "END") and statement[0].upper() != "ROLLBACK"
    return parted


def unit_text(unit):
    return tuple(sql for sql, _ in unit)


def pgbench_script(statements, names, source):
    """A script for `pgbench -M prepared` and the variables to give it.

    `names` maps the caught check-in's own values to variables: those that `source`, a select, sets anew for each
    transaction, and the ids that its inserts return (`attempts_id`). Every other parameter keeps its caught value,
    given by -D so that it stays a parameter.
    """
    lines, variables = [f"{source} \\gset"], {}
    for at, (sql, values) in enumerate(statements):
        def fill(place, at=at, values=values):
            value = values[int(place[1]) - 1]
            if value is None:
                return "NULL"
            if value in names:
                return f":{names[value]}"
            variables[f"v{at}_{place[1]}"] = value
            return f":v{at}_{place[1]}"
        returned = RETURNED.search(sql)
        lines.append(PLACE.sub(fill, sql) + (f" \\gset {returned[1]}_" if returned else ";"))
    return "\n".join(lines) + "\n", variables


def sqlite_statements(statements, names):
    """The same statements for SQLite: `(sql, values)`, a value being a name in braces or the caught one."""
    made = []
    for sql, values in statements:
        word = sql.split()[0].upper()
        if word in ("BEGIN", "START", "COMMIT", "END"):
            continue
        sql = re.sub(r"\s+FOR (NO KEY )?(UPDATE|SHARE)\b.*$", "", sql, flags=re.I | re.S)
        # A column without a value has no default either; SQLite has no word for that.
        sql = re.sub(r"\bDEFAULT\b", "NULL", sql)
        sql, values = without_arrays(sql, values)
        made.append((PLACE.sub(r"?\1", sql), [sqlite_value(value, names) for value in values]))
    return made


def without_arrays(sql, values):
    """`= ANY($1)` of an array becomes `IN ($7, $8)`, as Diesel writes it for SQLite; the new values come last."""
    values = list(values)
    def spread(place):
        at = int(place[1]) - 1
        items, values[at] = values[at].strip("{}").split(","), None
        values.extend(items)
        return f"IN ({', '.join(f'${number}' for number in range(len(values) - len(items) + 1, len(values) + 1))})"
    return ANY.sub(spread, sql), values


def sqlite_value(value, names):
    if value is None:
        return None
    if value in names:
        return "{" + names[value] + "}"
    if INSTANT.match(value):
        return round(datetime.fromisoformat(value + ":00").timestamp() * 1_000_000)
    if value in ("t", "f"):
        return int(value == "t")
    if value.startswith("\\x"):
        return bytes.fromhex(value[2:])
    return int(value) if re.fullmatch(r"-?\d+", value) else value
