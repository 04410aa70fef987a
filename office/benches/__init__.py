"""``manage.py bench NAME``: what a request costs, measured the same way every time.

A package registers a bench when its app is ready::

    register_bench("pages", bench_pages)

    def bench_pages(run: BenchRun) -> None:
        learner = build(lessons=20)
        headers = session_headers(learner)
        run.measure("20 lessons", [limit_case(headers), Case("lesson page", get("/courses/s105/l1/"), headers)])

The command gives it a scratch database, so that a bench may build what it likes.
"""
