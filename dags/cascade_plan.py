"""Turn a plan that was issued above into drafts, obligations and letters for every unit directly below.

A district's plan is taken up as soon as it is accepted, on the business day on which it was, and binds its divisions
and communes in turn. Running it again adds nothing: drafts are unique on plan and unit.
"""

from __future__ import annotations

from airflow.sdk import Param, dag, get_current_context, task

from plan_lifecycle import airflow_day, airflow_lateness
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Triển khai kế hoạch đến các đơn vị

**Làm gì.** Từ kế hoạch cấp trên đã ban hành, mỗi đơn vị trực thuộc được lập một dự thảo kế hoạch (Word), được ghi nhận
các nội dung phải gửi kèm thời hạn theo từng điểm của kế hoạch, và nhận một thư kèm dự thảo. Kế hoạch của đơn vị có đơn
vị trực thuộc được triển khai tiếp đến các đơn vị đó ngay khi được tiếp nhận.

**Khi nào chạy.** Khi một kế hoạch được tiếp nhận; hoặc chạy tay khi có kế hoạch mới ban hành.

**Cần điền.**

* **Kế hoạch**: số, ký hiệu của kế hoạch đã nạp ở trang [Kế hoạch mới](/plan-lifecycle/ke-hoach-moi/), hoặc tên
  tệp Word đã ban hành trong thư mục kế hoạch. Để trống: chỉ triển khai các kế hoạch đã tiếp nhận mà chưa triển khai;
  kế hoạch nạp ở trang Kế hoạch mới chờ đến khi có người bấm triển khai.
* **Cơ quan ban hành**, **Tỉnh, thành phố**: chỉ điền khi phần đầu văn bản không nêu rõ cơ quan ban hành. Chỉ điền tỉnh,
  thành phố thì kế hoạch được hiểu là của tỉnh, thành phố đó.
* **Năm**: điền để đối chiếu; khác với năm của kế hoạch thì không triển khai.

**Sau khi chạy.** Xem ở trang [Tình hình](/plan-lifecycle/). Chạy lại không lập thêm dự thảo, không gửi thư lần hai.
"""


@dag(
    dag_display_name="Triển khai kế hoạch đến các đơn vị",
    description="Lập dự thảo kế hoạch, giao nội dung phải gửi và gửi thư đến từng đơn vị trực thuộc",
    schedule=[wiring.ACCEPTED_PLANS],
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["kế hoạch"],
    doc_md=GUIDE,
    params={
        "plan": Param(
            None,
            type=["null", "string"],
            title="Kế hoạch",
            description="Số, ký hiệu kế hoạch đã nạp, như 36/KH-UBND; hoặc tên tệp Word (.docx) trong thư mục kế "
            "hoạch. Để trống: các kế hoạch đã tiếp nhận, chưa triển khai.",
        ),
        "province": Param(
            None,
            type=["null", "string"],
            title="Tỉnh, thành phố",
            description="Điền khi phần đầu kế hoạch của tỉnh không nêu rõ, hoặc khi nhiều tỉnh có đơn vị cùng tên.",
        ),
        "unit": Param(
            None,
            type=["null", "string"],
            title="Cơ quan ban hành",
            description="Để trống: theo phần đầu của kế hoạch. Ví dụ: Sở Ngoại vụ; xã Bình An, huyện Bắc Bình.",
        ),
        "year": Param(
            None,
            type=["null", "integer"],
            title="Năm",
            description="Năm của kế hoạch, ghi bốn chữ số. Để trống: theo kế hoạch.",
        ),
        **airflow_day.day_params(),
    },
)
def cascade_plan() -> None:
    """Register, cascade plan by plan, send."""

    @task(task_display_name="Tiếp nhận kế hoạch", pool=wiring.DOCUMENT_POOL)
    def register() -> list[dict[str, object]]:
        from plan_lifecycle.lifecycle import cascade

        params = get_current_context()["params"]
        with wiring.at_work() as (office, now):
            named = cascade.registered_as(office, params["plan"]) if params["plan"] else None
            if params["plan"] and named is None:
                named = cascade.register_file(
                    office,
                    wiring.Settings().plan_file(params["plan"]),
                    province=params["province"],
                    unit=params["unit"],
                    now=now,
                    year=params["year"],
                )
            moments = airflow_day.moments(office.store)
            faults = [fault for at in moments for fault in cascade.register_accepted(office, at).faults]
            waiting = airflow_day.at_their_moments(office.store, cascade.ordered_plans(office, now, named))
        return waiting + wiring.as_items(dict.fromkeys(faults), name="issuer")

    @task(task_display_name="Lập dự thảo, giao nhiệm vụ", map_index_template="{{ issuer }}", pool=wiring.DOCUMENT_POOL)
    def cascade_one(plan: dict[str, object]) -> str:
        from plan_lifecycle.lifecycle.cascade import cascade_plan as cascade
        from plan_lifecycle.lifecycle.cascade import nothing_asked

        get_current_context()["issuer"] = plan["issuer"]  # type: ignore[typeddict-unknown-key]
        wiring.fail_for_item(plan)
        with wiring.at_work(str(plan["at"])) as (office, now):
            done = cascade(office, int(str(plan["plan_id"])), now)
        wiring.fail_for(done.faults)
        made = f"{done.drafts} dự thảo, {done.obligations} nội dung phải gửi, {done.letters} thư"
        return nothing_asked(done.without_duties, done.nobody) or made

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, queue=wiring.MAIL_QUEUE, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    cascade_one.expand(plan=register()) >> send()


cascade_plan()
