package company

import "strings"

// kims are all users with "Kim" in their display name. None of them has "한".
func kims() []person {
	return []person{
		member("Minjun Kim [Platform]", "Minjun", "Kim", "minjun.kim").works("Platform", "Engineer", "ko-KR"),
		member("Kim Seoyeon (Design Team)", "Seoyeon", "Kim", "seoyeon.kim").works("Design", "Designer", "ko-KR"),
		member("Kim Haneul", "Haneul", "Kim", "haneul.kim").works("Finance", "Accountant", "ko-KR"),
		member("Kim Haneul", "Haneul", "Kim", "haneul.kim2").works("Sales", "Account Manager", "ko-KR"),
		member("Jiwoo Kim", "Jiwoo", "Kim", "jiwoo.kim").works("Sales", "Sales Manager", "ko").with(disabled),
		member("Kim, Dahyun", "Dahyun", "Kim", "dahyun.kim").works("Legal", "Counsel", "en-GB"),
		member("Kimberly Stone", "Kimberly", "Stone", "kimberly.stone").works("People", "Recruiter", "en-US"),
		member("Haruto Kimura", "Haruto", "Kimura", "haruto.kimura").works("Platform", "Engineer", "ja-JP"),
		member("Kim Müller-Lüdenscheidt [Sales DE]", "Kim", "Müller-Lüdenscheidt", "kim.mueller").works("Sales", "Vertrieb", "de-DE"),
		member("Hana Kim 🌸", "Hana", "Kim", "hana.kim").works("Marketing", "Brand Lead", "ko-KR"),
		member("Sora Kim", "Sora", "Kim", "sora.kim").works("Warehouse", "", "").with(withoutMail),
		guest("Kim Taeyang (External)", "Taeyang", "Kim", "taeyang.kim", "partner.example"),
	}
}

// hans are all users with "한" in their display name. None of them has "Kim".
func hans() []person {
	return []person{
		member("한지민 (인사팀)", "지민", "한", "jimin.han").works("인사팀", "팀장", "ko-KR"),
		member("한지민 (재무팀)", "지민", "한", "jimin.han.finance").works("재무팀", "대리", "ko-KR"),
		member("한소희", "소희", "한", "sohee.han").works("디자인팀", "디자이너", "ko-KR"),
		member("한도윤 [한빛연구소]", "도윤", "한", "doyun.han").works("한빛연구소", "책임연구원", "ko-KR"),
		member("김한결 (플랫폼팀)", "한결", "김", "hangyeol").works("플랫폼팀", "개발자", "ko-KR"),
		member("이한나", "한나", "이", "hanna.lee").works("마케팅팀", "사원", "ko"),
		member("최유진 [한빛연구소]", "유진", "최", "yujin.choi").works("한빛연구소", "연구원", "ko-KR"),
		member("박한별", "한별", "박", "hanbyeol.park").works("영업팀", "과장", "ko-KR").with(disabled),
		member("한가람", "가람", "한", "garam.han").works("물류팀", "", "ko-KR").with(withoutMail),
		member("Han Jiyoung 한지영", "Jiyoung", "Han", "jiyoung.han").works("Legal", "Counsel", "en-US"),
	}
}

// doubles are users who are hard to tell apart.
func doubles() []person {
	return []person{
		// Two users with one address: neither can be chosen without guessing.
		member("Lars Holm", "Lars", "Holm", "lars.holm").with(mail("reception@" + domain)),
		member("Ida Berg", "Ida", "Berg", "ida.berg").with(mail("Reception@" + domain)),
		// The same local part at two domains results in the same username.
		member("Jane Roe", "Jane", "Roe", "jane.roe"),
		member("Jane Roe (Research)", "Jane", "Roe", "jane.roe.research").with(mail("jane.roe@research." + domain)),
		// Different local parts with the same first 22 characters.
		member("Bartholomew Featherstone Senior", "Bartholomew", "Featherstone", "bartholomew.featherstone.senior"),
		member("Bartholomew Featherstone Junior", "Bartholomew", "Featherstone", "bartholomew.featherstone.junior"),
	}
}

// addresses are users with email addresses that make usernames difficult.
func addresses() []person {
	long := "maximiliana-alexandra.von.und.zu.hohenfels-lindental.research.eu" // 64 characters, the maximum of a local part
	return []person{
		member("서지훈", "지훈", "서", "20240017").works("운영팀", "사원", "ko-KR"),
		member("Robin Vale", "Robin", "Vale", "1234.5678"),
		member("J. R. R. Osei", "J. R. R.", "Osei", "j.r.r.osei"),
		member("Maximiliana-Alexandra von und zu Hohenfels-Lindental", "Maximiliana-Alexandra", "von und zu Hohenfels-Lindental", long),
		member("Xi", "Xi", "", "x"),
		member("Yo Tanaka", "Yo", "Tanaka", "yo").works("Platform", "Engineer", "ja"),
		member("Olivia Brown", "Olivia", "Brown", "olivia.brown").with(mail("Olivia.BROWN@Hanbit.Example")),
		member("Siobhán O'Brien", "Siobhán", "O'Brien", "s.o'brien").works("Finance", "Controller", "en-IE"),
		member("Release Notes", "", "", "release+notes"),
		member("José Núñez", "José", "Núñez", "jose.nunez").with(mail("josé.núñez@"+domain)).works("Sales", "Ventas", "es-MX"),
		member("Under Score", "Under", "Score", "_under_score_"),
		member("Administrator", "", "", "admin").works("IT", "Administrator", "en-US"),
		member("All Hands", "", "", "all"),
		member("Channel Manager", "Channel", "Manager", "channel").works("Sales", "Channel Manager", "en-US"),
		member("Support", "", "", "support").with(func(p *person) { p.PreferredLanguage = "" }),
		member("Conf Room Hallasan", "", "", "room-hallasan").with(func(p *person) { p.PreferredLanguage, p.OfficeLocation = "", "7F" }),
	}
}

// names are users with names that break assumptions about text.
func names() []person {
	return []person{
		member("Nora 👩‍👩‍👧‍👦 Lindqvist", "Nora", "Lindqvist", "nora.lindqvist").works("People", "Office Manager", "sv-SE"),
		member("🚀🚀🚀", "🚀", "🚀", "rocket"),
		member("محمد الأمين", "محمد", "الأمين", "mohamed.alamin").works("Sales", "مدير المبيعات", "ar-SA"),
		member("שרה כהן (Tel Aviv)", "שרה", "כהן", "sara.cohen").works("Sales", "Account Manager", "he-IL"),
		member("Renée \u202Egnp.nosredna", "Renée", "Anderson", "renee.anderson"), // right-to-left override
		// Hangul as single letters, as some systems export it. It reads 박서준.
		member("\u1107\u1161\u11A8\u1109\u1165\u110C\u116E\u11AB", "\u1109\u1165\u110C\u116E\u11AB", "\u1107\u1161\u11A8", "seojun.park"),
		member("Anna Lena "+strings.Repeat("Wolf", 15), strings.Repeat("Anna", 16), strings.Repeat("Wolf", 16), "anna.wolf").works("Legal", strings.Repeat("Counsel ", 16), "de-AT"),
		member(strings.Repeat("𝓔", 64), strings.Repeat("𝓔", 64), strings.Repeat("🦊", 64), "emil.fuchs").works("Design", "Illustrator", "de-CH"),
		member(strings.Repeat("가나다라마바사아자차", 10), "가나다", "라", "long.name").works("기획팀", "기획자", "ko-KR"),
		member("  Lena  Vogel ", " Lena", "Vogel ", "lena.vogel").works(" ", "\t", "de"),
		member("陈伟 (上海)", "伟", "陈", "wei.chen").works("Operations", "经理", "zh-Hans-CN"),
		member("林雅婷", "雅婷", "林", "yating.lin").works("Operations", "專員", "zh-TW"),
		member("Łukasz Żółć", "Łukasz", "Żółć", "lukasz.zolc").works("Platform", "Inżynier", "pl-PL"),
		member("João da Conceição", "João", "da Conceição", "joao.conceicao").works("Sales", "Vendas", "pt-BR"),
		member("Zoë\u200BMartin", "Zoë", "Martin", "zoe.martin").works("Marketing", "Editor", "fr"), // zero width space
		member("Bogdan Unknown-Language", "Bogdan", "Unknown-Language", "bogdan.u").works("IT", "Technician", "xx-YY"),
		member("Oskar Nowak (left)", "Oskar", "Nowak", "oskar.nowak").works("IT", "Technician", "pl").with(disabled),
		member("", "", "", "blank").with(everythingNull),
	}
}

func everythingNull(p *person) {
	withoutMail(p)
	p.CompanyName, p.PreferredLanguage, p.UserType = "", "", ""
}

// outsiders are guests, except the one among the kims, and users that a guest rule could mistake for guests.
func outsiders() []person {
	return []person{
		guest("Petra Novak", "Petra", "Novak", "petra.novak", "supplier.example"),
		guest("audit@accounting.example", "", "", "audit", "accounting.example").with(withoutMail),
		member("Vendor Desk", "Vendor", "Desk", "vendor.desk").with(func(p *person) { p.UserType = "Guest" }),
		// A guest who became a member. The user principal name still shows the invitation.
		guest("Tom Adler", "Tom", "Adler", "tom.adler", "merged.example").with(func(p *person) { p.UserType = "Member" }),
	}
}

// hostiles are display names that must be harmless on a page and in a spreadsheet.
func hostiles() []person {
	return []person{
		member("<img src=x onerror=alert(1)>", "<b>Mallory</b>", "<script>alert(2)</script>", "mallory").works("\"><svg onload=alert(3)>", "<i>Tester</i>", "en-US"),
		member(`=HYPERLINK("http://attacker.example","Click")`, "=1+1", "@SUM(A1:A9)", "hyper.link").works("+Sales", "-1+1", "en-US"),
		member("Robert'); DROP TABLE users;--", "Robert'); --", "Tables", "bobby.tables"),
		member("{{constructor.constructor('alert(4)')()}} ${7*7} %s %n", "{{7*7}}", "%s%n", "template"),
	}
}
