"""Finding a rule pack (bộ quy tắc): by id or path, or by the cycle that is reported; never by today's date.

A shipped pack comes ready (`shipped.precomputed`); what reads and resolves the YAML of another is loaded when it
is needed.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from doingoai_cli.checks.rule import Cycles, Pack, Rule
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import did_you_mean
from doingoai_cli.model.forms import FormCatalogue, load_forms
from doingoai_cli.resources import forms_dir, packs_dir
from doingoai_cli.shipped import precomputed

__all__ = ["Pack", "Rule", "choose_pack", "load_pack"]

_DEFAULT = "quang-binh-2020"


def choose_pack(
    cycle: int | None, explicit: str | None, search: Path, forms: FormCatalogue | None = None
) -> tuple[Pack, str | None]:
    """The pack for a cycle, and a notice where it is not made for that (else None); ConfigError for a broken one.

    An explicit one (id or path) is taken as it is; else the pack whose cycles hold the one reported, the default
    first; else the default. `forms` are those at hand where they are not the shipped ones alone.
    """
    pack = load_pack(_pack_for(cycle, search) if explicit is None else explicit, search, forms)
    if cycle is None or pack.cycles is None or cycle in pack.cycles:
        return pack, None
    reason = "dùng theo yêu cầu" if explicit is not None else f"chưa có bộ quy tắc riêng cho kỳ {cycle}"
    return pack, f"Bộ quy tắc “{pack.id}” đặt ra cho {pack.cycles}, không phải kỳ {cycle}; {reason}."


def _pack_for(cycle: int | None, search: Path) -> str:
    if cycle is None or not search.is_dir():
        return _DEFAULT
    read = partial(_cycles, search)
    packs = precomputed("cycles", read) if search == packs_dir() else read()
    return next((name for name, cycles in packs.items() if cycles is not None and cycle in cycles), _DEFAULT)


def _cycles(search: Path) -> Mapping[str, Cycles | None]:
    from doingoai_cli.checks.packfile import cycles_of  # 0.8 ms where no file of rules is read; so below

    return cycles_of(search, _DEFAULT)


def load_pack(ref: str, search: Path | None = None, forms: FormCatalogue | None = None) -> Pack:
    """The pack named by its id or a path.

    DoingoaiError where there is none; ConfigError lists every fault of it with `file:line`.
    """
    folder = search or packs_dir()
    shipped = folder / f"{ref}.yaml"
    if shipped.parent == folder == packs_dir() and forms is None and shipped.is_file():
        return precomputed(ref, partial(_resolved, shipped, folder, None))
    from doingoai_cli.checks.packfile import find_pack

    path = find_pack(ref, folder)
    if path is None and Path(ref).is_dir():
        raise DoingoaiError(f"“{ref}” là một thư mục; ghi tên tệp của bộ quy tắc (.yaml).")
    if path is None:
        known = sorted(p.stem for p in folder.glob("*.yaml"))
        hint = did_you_mean(ref, known, f"; các bộ có: {', '.join(known)}")
        raise DoingoaiError(f"Không có bộ quy tắc “{ref}”{hint}")
    return _resolved(path, folder, forms)


def _resolved(path: Path, folder: Path, forms: FormCatalogue | None) -> Pack:
    from doingoai_cli.checks.packfile import read_layers
    from doingoai_cli.checks.resolve import Resolver  # 100 ms: every kind of rule, built for being validated

    layers = read_layers(path, folder)
    return Resolver(layers, forms or load_forms(forms_dir()), proven=path.parent == packs_dir()).pack()
