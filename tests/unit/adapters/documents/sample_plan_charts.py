"""One chart of each kind that shows a plan, with invented numbers, in Chinese and English."""

from datetime import date

from zhirong.adapters.documents.charts import (
    deal_structure,
    loss_exceedance,
    payment_steps,
    tranche_balances,
)
from zhirong.adapters.documents.charts.deal_structure import DealStructureChart, PartyBox
from zhirong.adapters.documents.charts.loss_exceedance import Attachment, LossExceedanceChart
from zhirong.adapters.documents.charts.payment_steps import PaymentStepsChart, StepBar
from zhirong.adapters.documents.charts.scales import Unit
from zhirong.adapters.documents.charts.tranche_balances import (
    TrancheBalance,
    TrancheBalancesChart,
)
from zhirong.core.messages import Language


def payment_steps_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    rows = (
        (
            "支付费用：增值税及附加、登记费、托管费、管理费",
            "Pay fees: Value-added tax, Registrar",
            40.0,
            0.0,
        ),
        ("支付利息：优先级", "Pay interest: Senior", 500.0, 218.7),
        ("偿付本金：优先级", "Pay principal: Senior", 0.0, 0.0),
    )
    return payment_steps.svg(
        PaymentStepsChart(
            steps=tuple(
                StepBar(label=a if zh else b, due=own + help_ + 30.0, own=own, support=help_)
                for a, b, own, help_ in rows
            ),
            unit=Unit(name="元" if zh else "CNY", decimals=2),
            heads=("步骤", "已付", "不足") if zh else ("Step", "Paid", "Short"),
            key=("账户支付", "增信支付", "不足") if zh else ("own cash", "supports", "short"),
        )
    )


def deal_structure_svg(lang: Language) -> bytes:
    zh = lang == "zh"

    def box(role: str, english: str) -> PartyBox:
        name = "甬例证券资产管理（虚构）有限公司" if zh else "A fictional company of Ningbo, Ltd"
        return PartyBox(role if zh else english, name)

    return deal_structure.svg(
        DealStructureChart(
            line=(
                box("债务人", "Obligors"),
                box("贷款人", "Lender"),
                box("专项计划", "The plan"),
                box("投资者", "Investors"),
            ),
            forth=("放款", "价款", "认购") if zh else ("loan", "price", "money"),
            back=("质押", "债权", "本息") if zh else ("pledge", "claims", "paid"),
            above=(box("差额支付承诺人", "Shortfall payer"), box("担保人", "Guarantor")),
            below=(
                box("管理人", "Manager"),
                box("托管人", "Custodian"),
                box("服务机构", "Servicer"),
            ),
            promise="差额支付、担保" if zh else "pay what is short",
            service="管理、托管、服务" if zh else "serve the plan",
        )
    )


def tranche_balances_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    return tranche_balances.svg(
        TrancheBalancesChart(
            days=(date(2024, 11, 27), date(2025, 5, 27), date(2025, 11, 27)),
            tranches=(
                TrancheBalance(name="次级" if zh else "Junior", balances=(7e6, 7e6, 0.0)),
                TrancheBalance(name="优先级" if zh else "Senior", balances=(131e6, 90e6, 0.0)),
            ),
            unit=Unit(name="万元", divisor=1e4) if zh else Unit(name="CNY m", divisor=1e6),
        )
    )


def loss_exceedance_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    return loss_exceedance.svg(
        LossExceedanceChart(
            points=((0.0, 0.17), (0.05, 0.15), (0.12, 0.05), (0.21, 0.01), (0.37, 0.001)),
            attachments=(
                Attachment(share=0.0507, text="优先级 5.07 %" if zh else "Senior 5.07 %"),
            ),
            across_name="损失占资产池的比例" if zh else "loss as a share of the pool",
            up_name="超过的概率" if zh else "probability of more",
        )
    )
