"""The demo's agreements: one readable file each, entered as `samloft import-agreement` enters them."""

from pathlib import Path

from samloft.accounts.models import User
from samloft.core.files.yaml_text import read_yaml
from samloft.programmes.actions import agreement_import
from samloft.programmes.agreement_file import AgreementFile
from samloft.programmes.models import Agreement, Programme

FOLDER = Path(__file__).parent / "agreements"


def enter(programme: Programme, *, by: User, with_proof: bool = True) -> Agreement:
    """The agreement of the file that is named after the programme.

    Without its proof it can be entered before what proves it; entered once more, the proof comes in.
    """
    file = read_yaml((FOLDER / f"{programme.slug}.yaml").read_bytes(), AgreementFile)
    if not with_proof:
        unproved = [part.model_copy(update={"proof": []}) for part in file.obligations]
        file = file.model_copy(update={"obligations": unproved})
    return agreement_import.enter(programme=programme, file=file, by=by).agreement
