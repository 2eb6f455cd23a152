"""What the parks of the demonstration say on their public site: texts, questions and news, invented like the rest."""

from __future__ import annotations

from datetime import timedelta

from fondouk.audit.demo import told_at
from fondouk.editorial.actions import publish_news, publish_question, save_news, save_question, save_text
from fondouk.editorial.models import NewsItem, Question
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.enums import Role
from fondouk.sites.models import Site

TEXTS = {
    "home-about": (
        "## Un parc, quatre villes, un même parcours\n\n"
        "Depuis 2001, le réseau accueille des entreprises du numérique, des technologies vertes et des industries créatives. "
        "Elles y trouvent **un bureau le premier jour**, un accompagnement à chaque étape, et des voisins avec qui travailler.",
        "## مجمّع واحد، أربع مدن، مسار واحد\n\n"
        "منذ 2001 تستقبل الشبكة مقاولات في الرقميات والتكنولوجيات الخضراء والصناعات الإبداعية. "
        "تجد فيها **مكتبا منذ اليوم الأول**، ومواكبة في كل مرحلة، وجيرانا تعمل معهم.",
        "## One park, four cities, one journey\n\n"
        "Since 2001 the network has hosted companies in digital, green technology and the creative industries. "
        "They find **an office on the first day**, support at every stage, and neighbours to work with.",
    ),
    "visit-lead": (
        "Une visite dure une petite heure : les espaces, les services, les conditions d’accueil, et vos questions. "
        "Les délégations sont reçues sur rendez-vous.",
        "تدوم الزيارة أقل من ساعة: الفضاءات والخدمات وشروط الاستقبال وأسئلتكم. تُستقبل الوفود بموعد مسبق.",
        "A visit takes a little less than an hour: the spaces, the services, the terms, and your questions. "
        "Delegations are received by appointment.",
    ),
}  # fmt: skip
QUESTIONS = (
    (
        ("Qui peut s’installer dans le parc ?", "من يمكنه الاستقرار في المجمّع؟", "Who may settle in the park?"),
        (
            "Les jeunes pousses et les PME innovantes, marocaines ou étrangères, des secteurs :\n\n"
            "- technologies de l’information ;\n- technologies vertes ;\n- industries créatives.",
            "المقاولات الناشئة والصغرى والمتوسطة المبتكرة، مغربية أو أجنبية، في القطاعات التالية:\n\n"
            "- تكنولوجيا المعلومات؛\n- التكنولوجيات الخضراء؛\n- الصناعات الإبداعية.",
            "Innovative startups and SMEs, Moroccan or foreign, in:\n\n"
            "- information technology;\n- green technology;\n- creative industries.",
        ),
    ),
    (
        ("Combien coûte un bureau ?", "كم تكلفة المكتب؟", "What does an office cost?"),
        (
            "Le loyer dépend de la surface et de l’âge de l’entreprise ; il comprend l’énergie, Internet et l’accueil. "
            "Demandez une visite : nous vous donnons un prix écrit.",
            "يتوقف الإيجار على المساحة وعمر المقاولة، ويشمل الطاقة والإنترنت والاستقبال. اطلبوا زيارة ونعطيكم ثمنا مكتوبا.",
            "The rent depends on the area and on the age of the company; energy, Internet and reception are included. "
            "Ask for a visit: you will be given a price in writing.",
        ),
    ),
    (
        ("Combien de temps peut-on rester ?", "كم يمكن البقاء؟", "How long may one stay?"),
        (
            "Le tarif des jeunes pousses vaut pendant les premiers mois ; ensuite, la convention d’hébergement se renouvelle.",
            "تسري تعرفة المقاولات الناشئة في الأشهر الأولى، ثم تُجدَّد اتفاقية الاستضافة.",
            "The rate for startups holds for the first months; after that, the hosting contract is renewed.",
        ),
    ),
    (
        (
            "Peut-on domicilier son entreprise sans bureau ?",
            "هل يمكن توطين المقاولة دون مكتب؟",
            "May a company be domiciled without an office?",
        ),
        (
            "Oui, pour une durée d’un an renouvelable, avec réception du courrier et accès aux espaces communs.",
            "نعم، لمدة سنة قابلة للتجديد، مع تسلّم البريد والولوج إلى الفضاءات المشتركة.",
            "Yes, for a year that can be renewed, with mail received and access to what is shared.",
        ),
    ),
    (
        ("Faut-il avoir déjà créé sa société ?", "هل يجب أن تكون الشركة قد أُحدثت؟", "Must the company exist already?"),
        (
            "Non : un projet peut être accompagné avant l’immatriculation. L’ICE est demandé à la signature de la convention.",
            "لا: يمكن مواكبة المشروع قبل التسجيل. ويُطلب التعريف الموحد للمقاولة عند توقيع الاتفاقية.",
            "No: a project may be supported before it is registered. The ICE is asked for when the contract is signed.",
        ),
    ),
)  # fmt: skip
NEWS: tuple[tuple[int, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        9, "agadir",
        (
            "Agadir se dessine",
            "أكادير ترتسم ملامحها",
            "Agadir takes shape",
        ),
        (
            "Trente-six bureaux et quarante places de coworking pour le quatrième site du réseau.",
            "ستة وثلاثون مكتبا وأربعون مكانا للعمل المشترك في الموقع الرابع للشبكة.",
            "Thirty-six offices and forty coworking places for the fourth site of the network.",
        ),
        (
            "Le quatrième site sera tourné vers l’agritech, la mer et le tourisme. Les premières candidatures seront ouvertes "
            "quatre mois avant l’ouverture.",
            "سيتجه الموقع الرابع نحو التكنولوجيا الفلاحية والبحر والسياحة. وسيُفتح باب الترشيح أربعة أشهر قبل الافتتاح.",
            "The fourth site will turn to agricultural technology, the sea and tourism. Applications open four months before it does.",
        ),
    ),
    (
        34, "casablanca",
        ("Une rentrée bien remplie à Casablanca", "دخول حافل بالدار البيضاء", "A full autumn in Casablanca"),
        (
            "Neuf entreprises ont rejoint le site depuis septembre.",
            "تسع مقاولات انضمت إلى الموقع منذ شتنبر.",
            "Nine companies have joined the site since September.",
        ),
        (
            "Logiciel, cybersécurité, jeux vidéo : les nouvelles venues s’installent dans l’aile nord. **Bienvenue à elles.**",
            "برمجيات وأمن سيبراني وألعاب فيديو: تستقر الوافدات الجديدات في الجناح الشمالي. **مرحبا بها.**",
            "Software, cybersecurity, video games: the newcomers settle in the north wing. **Welcome to them.**",
        ),
    ),
    (
        75, "",
        (
            "Les chiffres de l’année sont publiés",
            "نشر أرقام السنة",
            "The figures of the year are published",
        ),
        (
            "Emplois, chiffre d’affaires, durée des séjours : le rapport d’impact est en ligne.",
            "مناصب الشغل ورقم المعاملات ومدة الإقامة: تقرير الأثر متاح على الخط.",
            "Jobs, turnover, length of stays: the impact report is online.",
        ),
        (
            "Chaque chiffre est défini et daté. Merci aux entreprises qui ont répondu à la campagne de collecte.",
            "كل رقم معرَّف ومؤرَّخ. شكرا للمقاولات التي أجابت على حملة التجميع.",
            "Every figure is defined and dated. Thank you to the companies that answered the campaign.",
        ),
    ),
    (
        140, "rabat",
        ("Rabat accueille une promotion de projets verts", "الرباط تستقبل فوجا من المشاريع الخضراء", "Rabat welcomes green projects"),
        (
            "Six équipes, six mois, un même plateau.",
            "ستة فرق، ستة أشهر، فضاء واحد.",
            "Six teams, six months, one floor.",
        ),
        (
            "Énergie solaire, eau, mobilité : les équipes présentent leurs prototypes en fin de parcours.",
            "طاقة شمسية وماء وتنقل: تقدّم الفرق نماذجها الأولية في نهاية المسار.",
            "Solar energy, water, mobility: the teams show their prototypes at the end.",
        ),
    ),
)  # fmt: skip


def load(scene: Scene) -> None:
    by = Person.objects.get(
        name=next(member.name for member in CAST if member.role == Role.EVENTS), account__isnull=False
    )
    for key, written in TEXTS.items():
        with told_at(working_moment(scene.today - timedelta(days=300), scene.chance("text", key))):
            save_text(key, dict(zip(("fr", "ar", "en"), written, strict=True)), by=by)
    for number, (asked, answered) in enumerate(QUESTIONS):
        with told_at(
            working_moment(scene.today - timedelta(days=290 - number), scene.chance("question", number))
        ):
            question = Question()
            for code, text, answer in zip(("fr", "ar", "en"), asked, answered, strict=True):
                setattr(question, f"question_{code}", text)
                setattr(question, f"answer_{code}", answer)
            publish_question(save_question(question, by=by), by=by)
    sites = {site.code: site for site in Site.objects.all()}
    for days, site, titles, summaries, bodies in NEWS:
        moment = working_moment(scene.today - timedelta(days=days), scene.chance("news", days))
        item = NewsItem(site=sites.get(site))
        for number, code in enumerate(("fr", "ar", "en")):
            setattr(item, f"title_{code}", titles[number])
            setattr(item, f"summary_{code}", summaries[number])
            setattr(item, f"body_{code}", bodies[number])
        with told_at(moment):
            publish_news(save_news(item, by=by), moment, by=by)
        NewsItem.objects.filter(pk=item.pk).update(changed_at=moment)
