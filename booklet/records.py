"""Frozen dataclasses that cost little: `dataclass` as in the standard library, with what that compiles left out or put off.

The standard library compiles six methods for each class when it is defined, a quarter of a short run for more than a hundred
classes. Here all classes share five of them, and `__init__` is compiled when many values are made. Values are as they are
there: frozen, equal and hashed by their fields, to be copied, pickled, matched and replaced.
"""

import dataclasses
import operator
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool, slots: bool = False, kw_only: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """Makes a class a frozen dataclass."""
        assert frozen

        def make(plain: type) -> type:
            own = {name for name in ("__eq__", "__hash__", "__repr__") if plain.__dict__.get(name) is not None}
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(plain)
            _finish(cls, slots, order, own)
            return cls

        return make


__all__ = ["dataclass", "field"]

FEW = 24  # values that are made before their __init__ is worth compiling
ORDERS = {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge}


def _finish(cls: type, slots: bool, order: bool, own: set[str]) -> None:
    fields = dataclasses.fields(cls)
    values = _getter([one.name for one in fields])
    compared = _getter([one.name for one in fields if one.compare])

    needed = [
        one for one in fields if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    ]
    makers = {one.name for one in fields if one.default_factory is not dataclasses.MISSING}
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
        if not left or not whole or any(one.name not in given for one in needed):
            compiled = _compiled(cls, slots)
            cls.__init__ = compiled  # type: ignore[misc]
            compiled(self, *args, **named)
            return
        for one in fields:
            name = one.name
            if name not in given:
                given[name] = defaults[name]() if name in makers else defaults[name]
            value = given[name]
            if setter := put[name]:
                setter(self, value)
            else:
                object.__setattr__(self, name, value)

    def equal(self: Any, other: Any) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(compared(self))

    def shown(self: Any) -> str:
        parts = (f"{one.name}={value!r}" for one, value in zip(fields, values(self), strict=True) if one.repr)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    def state(self: Any) -> tuple[Any, ...]:
        return tuple(values(self))

    def take_state(self: Any, state: tuple[Any, ...]) -> None:
        for one, value in zip(fields, state, strict=True):
            object.__setattr__(self, one.name, value)

    methods: dict[str, Any] = {"__init__": init, "__setattr__": _set, "__delattr__": _delete}
    methods |= {"__eq__": equal, "__hash__": hashed, "__repr__": shown}
    if order:
        methods |= {f"__{name}__": _ordered(compare, compared) for name, compare in ORDERS.items()}
    if slots:
        methods |= {"__getstate__": state, "__setstate__": take_state}
    for name, method in methods.items():
        if name not in own:
            setattr(cls, name, method)


def _ordered(compare: Callable[[Any, Any], bool], compared: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        return compare(compared(self), compared(other)) if other.__class__ is self.__class__ else NotImplemented

    return method


def _getter(names: list[str]) -> Callable[[Any], Any]:
    """What gives a value's fields as a tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    if names:
        [name] = names
        return lambda value: (getattr(value, name),)
    return lambda _value: ()


def _set(_self: Any, name: str, _value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _compiled(cls: type, slots: bool) -> Callable[..., None]:
    """`__init__` for the fields; slots are set past `__setattr__`, which is quicker than through `object`."""
    space: dict[str, Any] = {"missing": dataclasses.MISSING, "put": object.__setattr__}
    plain: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for one in dataclasses.fields(cls):
        default, value = "", one.name
        if one.default is not dataclasses.MISSING:
            space[f"default_{one.name}"] = one.default
            default = f"=default_{one.name}"
        elif one.default_factory is not dataclasses.MISSING:
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
