using System.Text;
using Feedback.Api.Tests.Problems;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Policies;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>Documents mutated at random from a fixed seed: whatever comes, the answer is a 200 with what was taken or a problem of the client's.</summary>
[Collection(OneSite.Name)]
public sealed class PolicyFuzzTests(RunningSite site)
{
    private const int Bodies = 150;

    [Theory]
    [InlineData("case-limits")]
    [InlineData("bad-rating")]
    [InlineData("routing")]
    [InlineData("categories")]
    [InlineData("acceptance-notice")]
    [InlineData("default-rule")]
    [InlineData("calendar")]
    public async Task No_mutated_document_is_answered_with_a_5xx(string what)
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var path = what == "calendar" ? "calendars/2098" : $"policies/{what}?node={hall.Id}";
        var source = what switch
        {
            "calendar" => """{"source":"通知","holidays":[{"day":"2098-01-01","zh":"元旦","en":"New Year's Day"},{"day":"2097-12-31"}],"workdays":["2098-01-04"]}""",
            "routing" => $$"""{"routes":[{"category":"fees","lead":"{{hall.Id}}","assisting":["{{hall.Window}}"]}]}""",
            _ => PolicySubjects.Find(what)!.DefaultText,
        };
        var mutation = new Mutation(new Random(what.Length), [Encoding.UTF8.GetBytes(source)]);
        var odd = new List<string>();

        for (var i = 0; i < Bodies; i++)
        {
            var body = mutation.Next();
            var answer = await desk.PutAsync(path, body);
            if (!(answer.Status is 200 or (>= 400 and < 500)) || answer.MediaType != (answer.Status == 200 ? "application/json" : "application/problem+json"))
                odd.Add($"{answer.Status} {answer.Text}\n{Convert.ToBase64String(body)}");
        }

        Assert.Empty(odd);
        // Whatever was taken can be read again.
        Assert.Equal(200, (await desk.GetAsync("policies?node=" + hall.Window)).Status);
        Assert.Equal(200, (await desk.PutAsync(path, source)).Status);
    }
}
