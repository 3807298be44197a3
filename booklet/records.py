"""Frozen dataclasses that cost little: `dataclass` as in the standard library, with what that compiles left out or put off.

The standard library compiles six methods for each class when it is defined, a quarter of a short run for more than a hundred
classes. Here a class gets its methods when its first value is made, and `__init__` is compiled when many are. Values are as
they are there: frozen, equal and hashed by their fields, to be copied, pickled, matched and replaced.
"""

import dataclasses
import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool, slots: bool = False, kw_only: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """Makes a class a frozen dataclass."""
        assert frozen
        return lambda plain: _made(plain, slots, kw_only, order)


__all__ = ["dataclass", "field"]

FEW = 24  # values that are made before their __init__ is worth compiling
OWN = ("__eq__", "__hash__", "__repr__")  # methods that a class may bring itself
ORDERS = {"__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge}


def _made(plain: type, slots: bool, kw_only: bool, order: bool) -> type:
    """The class with its fields, as `dataclasses.fields` and `replace` find them, and with methods that make the others."""
    fields: dict[str, Field[Any]] = {}
    for base in reversed(plain.__mro__[1:]):
        fields.update(base.__dict__.get("__dataclass_fields__", ()))
    inherited = set(fields)
    given, own = plain.__dict__, plain.__annotations__
    for name, kind in own.items():
        default = given.get(name, MISSING)
        one: Any = default if default.__class__ is Field else field(default=default)
        one.name, one.type, one._field_type = name, kind, dataclasses._FIELD  # type: ignore[attr-defined]
        if one.kw_only is MISSING:
            one.kw_only = kw_only
        fields[name] = one
    methods = {name: method for name, method in METHODS.items() if name not in OWN or given.get(name) is None}
    methods["__dataclass_fields__"] = fields
    methods["__match_args__"] = tuple([name for name, one in fields.items() if not one.kw_only])
    if order:
        methods |= {name: _ordered(compare) for name, compare in ORDERS.items()}
    if slots:
        space = {name: value for name, value in given.items() if name not in own and name not in BY_DICT}
        space |= methods
        space["__slots__"] = tuple([name for name in own if name not in inherited])
        return type(plain)(plain.__name__, plain.__bases__, space)
    for name, one in fields.items():
        if name in own and one.default is not MISSING:
            setattr(plain, name, one.default)
        elif name in own and name in given:
            delattr(plain, name)
    for name, method in methods.items():
        setattr(plain, name, method)
    return plain


# --- methods that a class has until its first value is made -------------------------------------------------------------
BY_DICT = ("__dict__", "__weakref__")


def _init(self: Any, *args: Any, **named: Any) -> None:
    cls = next(one for one in type(self).__mro__ if "__dataclass_fields__" in one.__dict__)
    _finish(cls)
    cls.__init__(self, *args, **named)  # type: ignore[misc]


def _set(_self: Any, name: str, _value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, one.name) for one in dataclasses.fields(self)])


def _take_state(self: Any, state: tuple[Any, ...]) -> None:
    if type(self).__init__ is _init:  # it is the first value, a copy from another process
        _finish(type(self))
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


def _shown(self: Any) -> str:
    parts = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


METHODS: dict[str, Any] = {
    "__init__": _init,
    "__eq__": None,
    "__hash__": None,
    "__repr__": _shown,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _take_state,
}


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = [one.name for one in dataclasses.fields(self) if one.compare]
        return compare([getattr(self, name) for name in names], [getattr(other, name) for name in names])

    return method


# --- the methods of a class whose values are made -----------------------------------------------------------------------
def _finish(cls: Any) -> None:
    """Gives a class its own `__init__`, `__eq__` and `__hash__`."""
    fields = dataclasses.fields(cls)
    slots = "__slots__" in cls.__dict__
    compared = _getter([one.name for one in fields if one.compare])
    needed = [one.name for one in fields if one.default is MISSING and one.default_factory is MISSING]
    makers = {one.name for one in fields if one.default_factory is not MISSING}
    defaults: dict[str, Any] = {one.name: one.default_factory if one.name in makers else one.default for one in fields}
    put = {one.name: getattr(cls, one.name).__set__ if slots else None for one in fields}
    places = [one.name for one in fields if not one.kw_only]
    left = FEW

    def init(self: Any, *args: Any, **named: Any) -> None:
        """Sets the fields one by one; compiled once there are many values, or for what the arguments lack."""
        nonlocal left
        left -= 1
        given = dict(zip(places, args, strict=False)) | named
        whole = len(given) == len(args) + len(named) and given.keys() <= put.keys()
        if not left or not whole or any(name not in given for name in needed):
            compiled = _compiled(cls, slots)
            cls.__init__ = compiled
            compiled(self, *args, **named)
            return
        for name, setter in put.items():
            if name not in given:
                given[name] = defaults[name]() if name in makers else defaults[name]
            if setter:
                setter(self, given[name])
            else:
                object.__setattr__(self, name, given[name])

    def equal(self: Any, other: Any) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(compared(self))

    cls.__init__ = init
    if cls.__dict__["__eq__"] is None:
        cls.__eq__ = equal
    if cls.__dict__["__hash__"] is None:
        cls.__hash__ = hashed


def _getter(names: list[str]) -> Callable[[Any], Any]:
    """What gives a value's fields as a tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    if names:
        [name] = names
        return lambda value: (getattr(value, name),)
    return lambda _value: ()


def _compiled(cls: Any, slots: bool) -> Callable[..., None]:
    """`__init__` for the fields; slots are set past `__setattr__`, which is quicker than through `object`."""
    space: dict[str, Any] = {"missing": MISSING, "put": object.__setattr__}
    plain: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for one in dataclasses.fields(cls):
        default, value = "", one.name
        if one.default is not MISSING:
            space[f"default_{one.name}"] = one.default
            default = f"=default_{one.name}"
        elif one.default_factory is not MISSING:
            space[f"make_{one.name}"] = one.default_factory
            default, value = "=missing", f"make_{one.name}() if {one.name} is missing else {one.name}"
        (named if one.kw_only else plain).append(one.name + default)
        if slots:
            space[f"put_{one.name}"] = getattr(cls, one.name).__set__
            lines.append(f" put_{one.name}(self, {value})")
        else:
            lines.append(f" put(self, {one.name!r}, {value})")
    arguments = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    exec(f"def __init__({arguments}):\n" + "\n".join(lines or [" pass"]), space)  # our own field names
    made: Callable[..., None] = space["__init__"]
    return made
