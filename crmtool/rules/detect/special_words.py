"""The words of `special`: lower case, without accents, as `words.one_of` reads them."""

from __future__ import annotations

from typing import Final

# Enough where the sentence is about somebody.
NEAR: Final = {
    "health": """
        diagnosed_with adhd autism autistic asperger asperger's aspergers depression
        depressions depressed depressive bipolar schizophrenia schizophrenic schizophrenie schizophren psychosis psychotic
        anxiety_disorder anxiety_attack anxiety_attacks panic_attack panic_attacks panic_disorder ptsd ocd burnout burn-out
        burned_out burnt_out nervous_breakdown mental_illness mentally_ill mental_health
        eating_disorder anorexia anorexic anorexie bulimia bulimic bulimie dyslexia dyslexic dyslexie epilepsy epileptic diabetes diabetic insulin cancer tumor
        tumour tumors leukemia leukaemia lymphoma melanoma chemo chemotherapy radiotherapy hiv
        hiv-positive hepatitis alzheimer alzheimer's alzheimers dementia parkinson parkinson's multiple_sclerosis crohn crohn's lupus
        fibromyalgia migraine migraines asthma asthmatic celiac coeliac endometriosis pregnant pregnancy
        miscarriage miscarriages abortion ivf infertile infertility disability disabilities severely_disabled
        physically_disabled wheelchair amputated amputation amputee paraplegic paralysed paralyzed deaf hard_of_hearing
        hearing_loss visually_impaired legally_blind sick_leave medical_leave maternity_leave
        in_hospital in_the_hospital hospitalised hospitalized hospitalisation rehab
        chronic_illness chronically_ill chronic_fatigue chronic_pain long_covid tested_positive
        heart_attack heart_condition heart_disease kidney_failure kidney_transplant dialysis
        liver_transplant organ_transplant psychotherapy psychiatrist psychiatric antidepressants antidepressant suicidal
        suicide self-harm alcoholic alcoholism alcoholics_anonymous drug_addict drug_addiction addiction overdose overdosed
        allergy allergies allergic allergisch sober terminally_ill had_a_stroke sclerosis
        heart_surgery had_surgery after_surgery from_surgery had_an_operation therapy_sessions
        in_therapy
        krebs brustkrebs hautkrebs lungenkrebs depressionen depressiv depressive adhs
        autist autistin autistisch autismus krankgeschrieben krankschreibung
        schwanger schwangerschaft fehlgeburt schwerbehindert schwerbehinderung behinderung
        gehbehindert sehbehindert rollstuhl diabetiker diabetikerin zuckerkrank epilepsie
        psychotherapie psychiatrie psychisch_krank psychisch_erkrankt erkrankt erkrankung
        herzinfarkt schlaganfall magersucht magersuchtig alkoholiker alkoholikerin alkoholsucht
        drogensucht drogenabhangig bandscheibenvorfall gehorlos schwerhorig im_krankenhaus
        multiple_sklerose angststorung essstorung chemotherapie suizid selbstmordversuch allergie
        chronisch_krank reha
        cancer_du cancer_de chimio chimiotherapie depressif depressive autiste tdah diabete
        diabetique enceinte fausse_couche handicap handicape handicapee fauteuil_roulant
        arret_maladie arret_de_travail conge_maladie maladie_chronique hospitalise hospitalisee
        epileptique seropositif seropositive vih psychiatre psychiatrique sclerose_en_plaques
        atteint_d'un atteinte_d'un atteint_de atteinte_de alcoolique anorexique crise_cardiaque
        malade depression_nerveuse diagnostique diagnostiquee
        quimioterapia depresion trastorno_de_ansiedad ansiedad autista embarazada embarazo aborto
        discapacidad discapacitado discapacitada silla_de_ruedas baja_medica baja_por_enfermedad
        baja_por seropositivo seropositiva epilepsia esquizofrenia esclerosis_multiple infarto
        alcoholico alcoholica enfermo_de enferma_de enfermedad diagnosticado diagnosticada
        diagnosticaron hospitalizado hospitalizada diabetico diabetica alergia alergico alergica
        cancro depressao ansiedade gravida gravidez deficiencia cadeira_de_rodas atestado_medico
        licenca_medica soropositivo soropositiva esclerose_multipla enfarte alcoolatra doente
        doenca hospitalizado internado internada tuberculose
        tumore chemioterapia incinta depressione kanker zwanger depressie borstkanker""",
    "religion": """
        prayer_room prays_five prayer_times goes_to_church goes_to_mosque goes_to_synagogue
        attends_church church_every goes_to_mass friday_prayer friday_prayers ramadan shabbat
        sabbath lent_fast keeps_kosher eats_kosher eats_halal halal kosher converted_to_islam
        converted_to_christianity converted_to_judaism converted_to_catholicism
        converted_to_buddhism baptised baptized bar_mitzvah bat_mitzvah born-again
        jehovah's_witness jehovah's_witnesses practising_muslim practicing_muslim practising_christian
        practicing_christian devout observant_jew hijab headscarf religious_reasons religion
        zeuge_jehovas zeugin_jehovas zum_islam zum_judentum freitagsgebet gebetsraum
        aus_der_kirche_ausgetreten temoin_de_jehovah convertie_a_l'islam converti_a_l'islam
        testigo_de_jehova testemunha_de_jeova candomble convirtio_al convertiu-se_ao""",
    "politics": """
        party_member political_views political_opinions political_beliefs political_activist
        party_membership far-right_party far-left_party campaigns_for_the_party communist_party
        green_party labour_party conservative_party republican_party democratic_party
        socialist_party liberal_democrats pirate_party workers'_party
        parteimitglied parteibuch politisch_aktiv politische_einstellung linksradikal rechtsradikal
        rechtsextrem rechtsextremist
        parti_socialiste parti_communiste rassemblement_national front_national la_france_insoumise
        vote_a_gauche vote_a_droite votes_left votes_right
        membre_du_parti adherent_du_parti adherente_du_parti opinions_politiques
        partido_popular partido_socialista partido_comunista miembro_del_partido
        membro_do_partido filiado_ao_partido filiada_ao_partido partido_dos_trabalhadores""",
    "union membership": """
        trade_union trade_unions labor_union labour_union union_rep union_organiser union_organizer
        trade_unionist trade_unionists shop_steward unionised unionized joined_the_union joined_a_union
        joins_the_union in_the_union paid_union_dues union_dues ig_metall ver.di
        gewerkschaft gewerkschafter gewerkschafterin gewerkschaftsmitglied gewerkschaftlich
        syndique syndiquee syndicat syndicaliste cfdt cgt
        sindicato sindicatos sindicalista sindicalizado sindicalizada sindicado ccoo ugt
        teachers'_union nurses'_union workers'_union belongs_to_the_union belongs_to_a_union
        sindacato vakbond vakbondslid""",
    "sexual orientation": """
        lesbian homosexual bisexual pansexual asexual transgender transsexual trans_woman
        trans_man trans_person sexual_orientation same-sex_partner same-sex_couple
        same-sex_marriage his_husband her_wife his_boyfriend her_girlfriend
        schwul lesbisch lesbe bisexuell homosexuell asexuell pansexuell transfrau transmann
        transsexuell sexuelle_orientierung
        homosexuel homosexuelle lesbienne bisexuel bisexuelle orientation_sexuelle transgenre
        lesbiana transexual salio_del_armario orientacion_sexual
        lesbica homossexual bissexual saiu_do_armario assumiu-se_gay orientacao_sexual""",
    "ethnic origin": """
        ethnicity ethnic_origin ethnic_background ethnically mixed-race biracial multiracial
        person_of_color person_of_colour woman_of_color woman_of_colour man_of_color man_of_colour
        african-american afro-american afro-caribbean native_american aboriginal
        skin_colour skin_color racial_background
        migrationshintergrund hautfarbe afrodeutsch afrodeutsche afrodeutscher
        afrodescendiente afrodescendente quilombola couleur_de_peau origine_ethnique
        kurdish_origin kurdish_descent kurdish_heritage kurdish_background jewish_descent
        jewish_heritage jewish_origin jewish_background african_descent african_origin asian_descent
        indian_descent arab_descent arab_origin turkish_descent turkish_origin chinese_descent
        mexican_descent roma_descent romani_descent latin_american_descent indigenous_descent""",
}
# Only where it is said of somebody: "is", "was", "as", "became" … just before.
SAID: Final = {
    "health": """
        diagnosis surgery medication covid therapy on_medication coronavirus operiert
        behindert krank blinde corona cancer_surgery""",
    "religion": """
        muslim muslima muslimin moslem christian catholic protestant jew jewish hindu buddhist sikh
        mormon atheist evangelical quaker lutheran methodist baptist anglican scientologist bahai
        christ christin judisch jude judin katholisch katholik katholikin evangelisch
        muslimisch protestantisch orthodoxe buddhistin hinduistisch atheistin konfessionslos
        glaubig religios
        musulman musulmane catholique juif juive protestante chretien chretienne bouddhiste athee
        croyant croyante pratiquant pratiquante
        musulmana catolico catolica judio judia cristiano cristiana evangelico evangelica budista
        ateo atea creyente
        muculmano muculmana judeu cristao crista ateu ateia espirita umbandista
        cattolico cattolica ebreo ebrea moslim katholiek""",
    "politics": """
        communist socialist anarchist republican democrat libertarian marxist
        trotskyist leftist left-wing right-wing far-right far-left fascist royalist monarchist
        kommunist kommunistin sozialist sozialistin anarchist anarchistin konservativ
        communiste socialiste anarchiste militant militante de_gauche de_droite d'extreme_droite
        comunista anarquista de_izquierdas de_derechas de_izquierda de_derecha de_esquerda
        de_direita""",
    "union membership": "union_member union_representative union_official betriebsrat",
    "sexual orientation": "gay queer heterosexual pansexuelle polyamorous",
    "ethnic origin": """
        black roma romani sinti sinto sintiza gypsy traveller latino latina latinx hispanic
        indigenous kurdish kurd arab arabic berber hispanic asian-american maori first_nations
        schwarze schwarzer kurde kurdin kurdisch araber araberin
        noir noire rom arabe kabyle metis metisse kurde maghrebin maghrebine gitan gitane
        negro negra gitano gitana indigena mestizo mestiza mulato mulata
        preto preta pardo parda cigano cigana mestico mestica""",
}
# Only as the whole of what is said of somebody: "she is blind.", not "she is blind to it".
WHOLE: Final = {
    "health": "blind disabled sick ill diagnosed deaf-blind wheelchair-bound diagnostiziert",
    "religion": "religious orthodox agnostic",
    "politics": "conservative",
    "sexual orientation": "straight trans bi non-binary nonbinary",
}
PARTIES: Final = """
    labour tory tories conservatives greens republican republicans democrat democrats trump ukip reform_uk snp
    afd cdu csu spd fdp npd bsw linke grunen die_linke piratenpartei
    lfi eelv rn melenchon macron le_pen ps lr psoe podemos vox sumar erc bildu ciudadanos
    pt psdb psol bolsonaro lula chega pcp psd bloco pvda pvv vvd"""
PARTY_VERBS: Final = """
    member vote votes voted voter voting supporter supports joined campaign campaigns campaigned
    campaigning active aktiv active_in canvassed canvassing activist councillor party candidate mitglied wahlt wahlte gewahlt wahler
    wahlerin kandidiert unterstutzt partei adherent adherente vote votant milite militant militante
    elu elue parti afiliado afiliada vota voto votaba milita militaba militante partido candidato
    candidata filiado filiada votou votaram lid stemt"""
VERBS: Final = (
    "is|was|are|were|am|been|being|became|becomes|become|as|raised|born|identif(?:y|ies|ied)"
    "|identifying|a|an|has|had|have|having|needs|after|on|with|got|openly|practi[sc]ing|caught|self"
    "|ist|war|sind|wurde|bin|bekennende[rn]?|glaubige[rn]?|eine?|als|hat|hatte|wegen|nach|est"
    "|etait|suis|sont|devenue?|une?|es|era|soy|son|esta|fue|e|sou|sao|foi|tem|teve|uma?|una|com|con"
    "|sono|ik ben"
)
# What stands after a word that is then no statement about anybody.
TOPICS: Final = """
    research study studies app apps software data dataset datasets charity charities registry
    awareness library libraries package foundation clinic journal conference imaging genomics
    calculator tracker detection prediction model models institute centre center hospital screening
    school university church museum community group groups club meetup film studies calendar
    festival pride bar choir network team association organisation organization ngo project
    projects website page site guidelines policy talk paper book article workshop track session
    panel talks book tech movement rights society trust fund campaign cell cells statistics api
    theme mode background screen box art history music restaurant food option options menu
    standard code module plugin widget message messages output to_the test tests report reports forum newspaper party_line magazine
    forschung studie bibliothek daten kirche schule hilfe verein stiftung gemeinde magazin
    recherche donnees association bibliotheque eglise ecole fondation
    investigacion datos biblioteca iglesia escuela fundacion asociacion
    pesquisa dados igreja escola fundacao associacao a_droite version versao edition edicao edicion yaml xml"""
