"""Việc đang chạy: the progress of a job; it moves on by itself when the job has ended."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.web.jobs import Job
from doingoai_cli.web.open_workspace import OpenWorkspace
from doingoai_cli.web.rendering import end_of, waiting


def _job(request: Request) -> Job:
    opened: OpenWorkspace = request.app.state.opened
    job = opened.jobs.find(request.path_params["number"])
    if job is None:
        raise HTTPException(404)
    return job


def show(request: Request) -> Response:
    """The progress, or what follows."""
    job = _job(request)
    return RedirectResponse(end_of(job), 303) if job.ended.is_set() else waiting(request, job)


def tell(request: Request) -> Response:
    """The same for the script that keeps the page moving."""
    job = _job(request)
    done, total, rows, findings = job.progress
    data = {"done": done, "total": total, "rows": rows, "findings": findings}
    return JSONResponse(data | {"next": end_of(job) if job.ended.is_set() else None})


ROUTES = [Route("/viec/{number:int}", show), Route("/viec/{number:int}/tien-do", tell)]
