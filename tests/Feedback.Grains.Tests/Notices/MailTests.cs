using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Notices;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Notices;

/// <summary>People hear about cases by mail.</summary>
public sealed class MailTests
{
    private static readonly NoticeSettings ForCitizens = NoticeSite.Mails with { Citizens = true };

    [Fact]
    public async Task Those_are_written_to_who_are_meant_each_once_and_nothing_personal()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var id = await site.OpenCaseAsync();
        var number = (await site.StateAsync(id)).Intake.Number;

        await site.GoToAsync(Shanghai(2026, 3, 3, 9));
        await site.WorkAsync();
        var warning = Assert.Single(box.Letters);
        Assert.Equal("li@example.gov.cn", warning.To);
        Assert.Equal($"事项 {number}：期限临近 / Case {number}: a deadline comes near", warning.Subject);
        Assert.Contains("期限（首次响应）：2026-03-03 17:00:00", warning.Text, StringComparison.Ordinal);
        Assert.Contains("Deadline (First response): 2026-03-03 17:00:00", warning.Text, StringComparison.Ordinal);
        Assert.Contains($"https://feedback.example.gov.cn/office/{number}", warning.Text, StringComparison.Ordinal);

        foreach (var (day, hour) in new[] { (3, 17), (4, 17), (6, 17) })
        {
            await site.GoToAsync(Shanghai(2026, 3, day, hour).AddSeconds(1));
            await site.WorkAsync();
        }

        Assert.Equal(
            ["li@example.gov.cn", "sun@example.gov.cn", "wang@example.gov.cn"],
            box.Letters.Where(letter => letter.Subject.Contains("已超过期限", StringComparison.Ordinal) && letter.Text.Contains("首次响应", StringComparison.Ordinal)).Select(letter => letter.To).Order());
        Assert.Equal(box.Letters.Count, box.Letters.DistinctBy(letter => letter.Id).Count());
        foreach (var said in new[] { "等了三个小时", "13800000000", "account:" })
            Assert.DoesNotContain(said, box.Everything, StringComparison.Ordinal);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Whoever_is_recused_is_passed_over_for_the_next_one_above()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        await site.OpenCaseAsync(Complaint() with { About = [Places.Staff] });

        await site.GoToAsync(Shanghai(2026, 3, 4, 17).AddSeconds(1));
        await site.WorkAsync();
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Contains(box.Letters, letter => letter.To == "zhao@example.gov.cn");
        Assert.DoesNotContain(box.Letters, letter => letter.To is "wang@example.gov.cn" or "zhou@example.gov.cn");
    }

    [Fact]
    public async Task Whoever_is_complained_of_is_known_by_the_staff_code_of_their_account_and_told_nothing_though_they_own_the_case()
    {
        var people = NoticeSite.People.Select(person => person with { Staff = person.Name switch { "li" => Places.Staff, "sun" => "s-sun", _ => null } }).ToArray();
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails, people: people);
        await using var closing = site;
        // Whose account it is became known only when it was theirs.
        var id = await site.OpenCaseAsync(Complaint() with { About = [Places.Staff, "s-sun"] });
        Assert.Equal("account:li", (await site.StateAsync(id)).Owner);

        foreach (var (day, hour) in new[] { (3, 9), (3, 17), (4, 17), (6, 17) })
        {
            await site.GoToAsync(Shanghai(2026, 3, day, hour).AddSeconds(1));
            await site.WorkAsync();
        }

        // wang leads those complained of; zhao is the next one above.
        Assert.Equal(["zhao@example.gov.cn"], box.Letters.Select(letter => letter.To).Distinct());
        Assert.Contains(box.Letters, letter => letter.Subject.Contains("期限临近", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("li", 3, 9)]
    [InlineData("wang", 4, 17)]
    public async Task A_mail_that_waits_is_not_sent_to_whom_the_case_names_meanwhile_nor_to_who_leads_them(string name, int day, int hour)
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails, people: WithStaff("li"));
        await using var closing = site;
        box.IsDead(name + "@example.gov.cn");
        var id = await site.OpenCaseAsync();
        await site.GoToAsync(Shanghai(2026, 3, day, hour).AddSeconds(1));
        await site.WorkAsync();
        Assert.Contains((await site.WaitingAsync()).Keys, IsTheirs);

        await site.MustAsync(id, Supervisor, new NamePersons([Places.Staff]));
        box.On(name + "@example.gov.cn", _ => Task.CompletedTask);
        await site.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(box.Letters, letter => letter.To == name + "@example.gov.cn");
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, IsTheirs);

        bool IsTheirs(string key) => key.StartsWith("notice.mail:", StringComparison.Ordinal) && key.EndsWith(":" + name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_left_their_own_address_with_a_case_hears_nothing_as_its_citizen_once_it_names_them()
    {
        var (site, box) = await NoticeSite.OpenAsync(ForCitizens, people: WithStaff("li"));
        await using var closing = site;
        var id = await FiledAsync(site, "li@example.gov.cn");
        box.IsDead("li@example.gov.cn");
        await AnswerAsync(site, id);
        Assert.NotEmpty(box.TriesOf("li@example.gov.cn"));

        await site.MustAsync(id, Supervisor, new NamePersons([Places.Staff]));
        box.On("li@example.gov.cn", _ => Task.CompletedTask);
        await site.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
        Assert.Empty(box.Letters);
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, key => key.StartsWith("notice.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_is_written_to_at_its_own_address_where_the_file_has_none()
    {
        var people = NoticeSite.People.Select(person => person with { Email = person.Name + "@own.example.org" }).ToArray();
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails with { Recipients = NoticeSite.Mails.Recipients.Remove("li") }, people: people);
        await using var closing = site;
        await site.OpenCaseAsync();
        await site.GoToAsync(Shanghai(2026, 3, 4, 17).AddSeconds(1));
        await site.WorkAsync();

        Assert.Contains(box.Letters, letter => letter.To == "li@own.example.org");
        Assert.Contains(box.Letters, letter => letter.To == "wang@example.gov.cn");
        Assert.DoesNotContain(box.Letters, letter => letter.To == "wang@own.example.org");
    }

    [Fact]
    public async Task Where_nobody_has_an_address_nothing_waits()
    {
        var (site, box) = await NoticeSite.OpenAsync(new NoticeSettings { Mail = true });
        await using var closing = site;
        var id = await site.OpenCaseAsync();
        await site.GoToAsync(Shanghai(2026, 3, 3, 9));
        await site.WorkAsync();

        Assert.Empty(box.Letters);
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
    }

    [Fact]
    public async Task A_mail_is_tried_for_a_day_and_an_address_that_is_none_once()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        box.IsDead("li@example.gov.cn");
        await site.OpenCaseAsync();
        await site.GoToAsync(Shanghai(2026, 3, 3, 9));
        await site.WorkAsync();
        Assert.NotEmpty(box.TriesOf("li@example.gov.cn"));
        await site.PassAsync(TimeSpan.FromHours(23), TimeSpan.FromHours(1));
        Assert.Contains((await site.WaitingAsync()).Keys, IsOfLi);
        await site.PassAsync(TimeSpan.FromHours(60), TimeSpan.FromHours(1));
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, IsOfLi);

        var (other, refusing) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var end = other;
        refusing.On("li@example.gov.cn", _ => throw new DeliveryException("the server said 550", forGood: true));
        await other.OpenCaseAsync();
        await other.GoToAsync(Shanghai(2026, 3, 3, 9));
        await other.WorkAsync();
        Assert.Single(refusing.TriesOf("li@example.gov.cn"));
        Assert.DoesNotContain((await other.WaitingAsync()).Keys, IsOfLi);
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("phone")]
    [InlineData("visit")]
    public async Task A_citizen_who_left_an_address_hears_of_news_and_of_the_answer_and_reads_neither_in_the_mail(string channel)
    {
        var (site, box) = await NoticeSite.OpenAsync(ForCitizens);
        await using var closing = site;
        var id = await FiledAsync(site, " zhang.san@example.org ");
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系物业");
        await AnswerAsync(site, id, channel);

        Assert.Equal(["zhang.san@example.org", "zhang.san@example.org"], box.Letters.Select(letter => letter.To));
        Assert.Equal(1, box.Letters.Count(letter => letter.Subject.Contains("已有答复 / ", StringComparison.Ordinal)));
        Assert.Equal(1, box.Letters.Count(letter => letter.Subject.Contains("有新的进展 / ", StringComparison.Ordinal)));
        var code = site.Silo.Get<CaseSecrets>().TrackingCodeOf(id);
        Assert.All(box.Letters, letter => Assert.Contains("/track/" + code, letter.Text, StringComparison.Ordinal));
        foreach (var said in new[] { "等了三个小时", "物业", "已修好", "zhang" })
            Assert.DoesNotContain(said, box.Everything, StringComparison.Ordinal);
        // Nor does the address wait anywhere in plain text.
        Assert.Empty(SqliteFile.Rows(site.Site.Journal, "select key from due where command like '%zhang%' or key like '%zhang%'"));
    }

    [Fact]
    public async Task Whoever_was_not_reached_is_not_told_that_there_is_an_answer()
    {
        var (site, box) = await NoticeSite.OpenAsync(ForCitizens);
        await using var closing = site;
        var id = await FiledAsync(site, "zhang@example.org");
        await site.MustAsync(id, Clerk, new HandleCase("repaired"));
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.NotReached, null));
        await site.WorkAsync();

        Assert.Empty(box.Letters);
    }

    [Theory]
    [InlineData("13800000000")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("张三、13800000000；a@example.org，b@example.org")]
    [InlineData("张三 <zhang@example.org>")]
    [InlineData("zhang@example.org\r\nBcc: all@example.org")]
    public async Task A_contact_that_is_anything_else_gets_no_mail(string contact)
    {
        var (site, box) = await NoticeSite.OpenAsync(ForCitizens);
        await using var closing = site;
        await AnswerAsync(site, await FiledAsync(site, contact));

        Assert.Empty(box.Letters);
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, key => key.StartsWith("notice.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_citizen_who_was_erased_or_whom_nobody_is_to_write_to_gets_no_mail()
    {
        var (site, box) = await NoticeSite.OpenAsync(ForCitizens);
        await using var closing = site;
        var id = await FiledAsync(site, "zhang@example.org");
        box.IsDead("zhang@example.org");
        await AnswerAsync(site, id);
        Assert.NotEmpty(box.TriesOf("zhang@example.org"));
        box.On("zhang@example.org", _ => Task.CompletedTask);
        Assert.Null((await site.Case(id).Erase(ErasureCause.Asked, "asked for")).Refusal);
        await site.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
        Assert.Empty(box.Letters);
        Assert.DoesNotContain((await site.WaitingAsync()).Keys, key => key.StartsWith("notice.", StringComparison.Ordinal));

        var (silent, none) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var end = silent;
        await AnswerAsync(silent, await FiledAsync(silent, "zhang@example.org"));
        Assert.Empty(none.Letters);
    }

    [Theory]
    [InlineData("li@example.gov.cn", true)]
    [InlineData("  li.ming+cases@mail-1.example.gov.cn ", true)]
    [InlineData("li@localhost", false)]
    [InlineData("li@example..cn", false)]
    [InlineData("li@[10.0.0.1]", false)]
    [InlineData("\"li ming\"@example.cn", false)]
    [InlineData("li@-example.cn", false)]
    [InlineData("@example.cn", false)]
    [InlineData("李@example.cn", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_told_from_other_text(string? text, bool isOne) => Assert.Equal(isOne ? text!.Trim() : null, MailAddress.Read(text));

    private static bool IsOfLi(string key) => key.StartsWith("notice.mail:", StringComparison.Ordinal) && key.EndsWith(":li", StringComparison.Ordinal);

    // One of them is the registered member of staff.
    private static Account[] WithStaff(string name) => [.. NoticeSite.People.Select(person => person.Name == name ? person with { Staff = Places.Staff } : person)];

    // Who left a contact is not anonymous, as filing has it, and so is told.
    private static Task<CaseId> FiledAsync(CaseSite site, string contact) => site.OpenCaseAsync(Complaint(), contact: contact);

    private static async Task AnswerAsync(CaseSite site, CaseId id, string channel = "mail")
    {
        await site.MustAsync(id, Clerk, new HandleCase("repaired"));
        await site.MustAsync(id, Clerk, new GiveFeedback(channel, FeedbackOutcome.Reached, null), "已修好");
        await site.WorkAsync();
    }
}
