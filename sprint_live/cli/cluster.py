"""`sprint-live cluster`: the live canvas from several replicas, on several GPUs or machines;
and how many of them it takes.
"""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from sprint_live.cli._model import accept_terms, add_batch_argument, add_model_arguments, fit_of, load_for_people
from sprint_live.cli.serve import port_number
from sprint_live.errors import ArgumentError, refusal

NAME = "cluster"
HELP = "serve from several GPUs or machines with Ray Serve; `cluster size`: how many people a GPU serves"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="?",
        choices=("serve", "size"),
        default="serve",
        help="serve (default), or size: simulate how many people a GPU serves",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=port_number, default=7860, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--replicas", type=int, default=None, help="replicas that always run (default: one for each GPU)"
    )
    parser.add_argument(
        "--max-replicas", type=int, default=None, help="most replicas under load (default: as --replicas)"
    )
    parser.add_argument(
        "--people",
        type=int,
        default=64,
        help="people that one replica accepts; further ones get 503 (default: %(default)s; see `cluster size`)",
    )
    parser.add_argument(
        "--gpus-a-replica",
        type=float,
        default=None,
        metavar="N",
        help="GPUs each replica has; 0.5: two share one, whose memory holds two models (default: 1, or 0 with "
        "--device cpu)",
    )
    parser.add_argument(
        "--ray-address",
        default=None,
        metavar="ADDRESS",
        help="a Ray cluster to join: auto, or host:port (default: one of its own here)",
    )
    add_model_arguments(parser)
    add_batch_argument(parser)
    gate = parser.add_mutually_exclusive_group()
    gate.add_argument(
        "--token",
        default=None,
        help="the token required at an address other than loopback (default: a new one, printed once)",
    )
    gate.add_argument("--no-token", action="store_true", help="let everybody who can reach the port draw")
    parser.add_argument(
        "--isolate",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="each replica's model in a process of its own (default: yes)",
    )
    parser.add_argument(
        "--log-json", action="store_true", help="log one JSON object per line (never prompts or pictures)"
    )
    parser.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="NAME[=ARGUMENT]",
        help="check prompts or pictures, e.g. words=FILE; may be repeated",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let pages of this origin use the cluster, e.g. https://draw.example.org:8443; may be repeated",
    )
    parser.add_argument("--tls-cert", type=Path, default=None, help="PEM file with the certificate, to serve https")
    parser.add_argument("--tls-key", type=Path, default=None, help="PEM file with its key")
    sizing = parser.add_argument_group("cluster size")
    sizing.add_argument(
        "--picture-ms",
        type=float,
        nargs="*",
        default=[],
        metavar="MS",
        help="also engines that were not measured, by ms per picture",
    )
    sizing.add_argument(
        "--bench",
        type=Path,
        default=Path("assets/bench/sprint-tiny-cpu.json"),
        help="file of `sprint-live bench picture` or `curves` (default: %(default)s)",
    )
    sizing.add_argument(
        "--out",
        type=Path,
        default=Path("assets/bench/sizing.json"),
        help="file to write, with a .md and a .png beside it (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    return _size(args) if args.what == "size" else _serve(args)


def _serve(args: argparse.Namespace) -> int:
    from sprint_live.cluster.plan import ClusterPlan
    from sprint_live.cluster.run import serve_cluster
    from sprint_live.live.server.server import check_certificate

    accept_terms(args)
    fit_of(args)
    check_certificate(args.tls_cert, args.tls_key)
    if args.device == "cpu" and args.gpus_a_replica:
        raise ArgumentError(
            refusal(
                got=f"--device cpu --gpus-a-replica {args.gpus_a_replica:g}",
                accepted="GPUs, or the CPU, for the replicas",
                fix="leave one of the two out",
            )
        )
    gpus = 0 if args.device == "cpu" else args.gpus_a_replica
    plan = ClusterPlan(replicas=args.replicas, max_replicas=args.max_replicas, people=args.people, gpus=gpus)
    serve_cluster(
        functools.partial(load_for_people, args),
        plan,
        host=args.host,
        port=args.port,
        token=args.token,
        no_token=args.no_token,
        allow_origins=args.allow_origin,
        isolate=args.isolate,
        log_json=args.log_json,
        certificate=args.tls_cert,
        key=args.tls_key,
        checks=args.check,
        address=args.ray_address,
    )
    return 0


def _size(args: argparse.Namespace) -> int:
    from sprint_live.cluster.sizing import calls_of_bench, size
    from sprint_live.cluster.sizing_report import markdown, write_sizing

    assumed = [(f"assumed {ms:g} ms", {1: ms}) for ms in args.picture_ms]
    engines = [{"name": name, **size(calls)} for name, calls in (calls_of_bench(args.bench), *assumed)]
    write_sizing(engines, args.out)
    print(markdown(engines) + f"\nwritten to {args.out}")
    return 0
