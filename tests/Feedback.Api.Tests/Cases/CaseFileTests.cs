using Feedback.Api.Tests.Support;
using Feedback.Grains.Cases;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Files of cases: checked when they come, and never shown as pages.</summary>
[Collection(OneSite.Name)]
public sealed class CaseFileTests(RunningSite site)
{
    [Fact]
    public async Task A_file_comes_back_as_it_was_sent_and_no_browser_shows_it()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;

        var attached = await officer.SendFileAsync($"cases/{id}/files?id=f-1", SomeFile.Png, "image/png");
        var again = await officer.SendFileAsync($"cases/{id}/files?id=f-1", SomeFile.Png, "image/png");

        Assert.Equal((201, again.Text), (attached.Status, attached.Text));
        Assert.Equal(("image/png", SomeFile.Png.Length), ((string)attached.Json["file"]!["type"]!, (int)attached.Json["file"]!["size"]!));
        using var response = await officer.OpenAsync($"cases/{id}/files/{attached.Json["file"]!["file"]}");
        Assert.Equal(SomeFile.Png, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "attachment"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        Assert.StartsWith("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Disguised_empty_and_oversized_files_are_refused_and_nothing_is_attached()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var path = $"cases/{id}/files";

        foreach (var (content, type) in new[] { (SomeFile.Html, "image/png"), (SomeFile.Png, "image/jpeg"), (SomeFile.Html, "text/html"), (SomeFile.Png[..40], "image/png") })
            Assert.Equal((415, "file-type-refused"), await CodeOfAsync(officer.SendFileAsync(path, content, type)));
        Assert.Equal((400, "file-missing"), await CodeOfAsync(officer.SendFileAsync(path, [], "image/png")));
        Assert.Equal((413, "file-too-large"), await CodeOfAsync(officer.SendFileAsync(path, new byte[CaseRequest.LargestFile + 1], "image/png")));
        Assert.Equal((404, "file-unknown"), await CodeOfAsync(officer.GetAsync($"{path}/AAAAAAAAAAAAAAAAAAAAAA")));

        Assert.Empty((await officer.GetAsync("cases/" + id)).Json["files"]!.AsArray());
    }

    [Fact]
    public async Task The_largest_file_is_taken_here_and_nowhere_else()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        byte[] large = [.. SomeFile.Jpeg, .. new byte[CaseRequest.LargestFile - SomeFile.Jpeg.Length]];

        // A busy machine may need more time than the service waits: a retry under the same id attaches it once.
        var taken = await Wait.ForAsync<Answer>("the file is taken", async () =>
            await officer.SendFileAsync($"cases/{id}/files?id=large", large, "image/jpeg") is var answer && answer.Status != 503 ? answer : null);

        Assert.True(taken.Status == 201, taken.Text);
        using var response = await officer.OpenAsync($"cases/{id}/files/{taken.Json["file"]!["file"]}");
        Assert.Equal(large, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal((413, "body-too-large"), await CodeOfAsync(officer.SendFileAsync($"cases/{id}/steps/handle", large, "application/json")));
    }

    [Fact]
    public async Task A_case_takes_ten_files()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        for (var files = 0; files < 10; files++)
            Assert.Equal(201, (await officer.SendFileAsync($"cases/{id}/files", SomeFile.Pdf, "application/pdf")).Status);
        Assert.Equal("files-too-many", (await officer.SendFileAsync($"cases/{id}/files", SomeFile.Pdf, "application/pdf")).Code);
    }

    private static async Task<(int, string?)> CodeOfAsync(Task<Answer> asked)
    {
        var answer = await asked;
        return (answer.Status, answer.Code);
    }
}
