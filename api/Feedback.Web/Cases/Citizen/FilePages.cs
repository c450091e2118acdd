using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Api.Invitations;
using Feedback.Api.Limits;
using Feedback.Api.Problems;
using Feedback.Api.Ratings;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Ratings;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Feedback.Web.Cases.Citizen;

/// <summary>The pages on which citizens file what they have to say. They work without an account, without a script and on any phone.</summary>
internal sealed class FilePages(IBureau bureau, AccessCheck access, CaseFiling filing, CaseCalls calls, PublicAddress address, TimeProvider clock)
{
    private const string OpenBecause = "Whoever has something to say needs no account; what they send is limited by their address.";

    // Ten thousand Chinese characters take 90 kB on their way, and the files come on top.
    private const int LargestForm = 24 * 1024 * 1024;

    private static readonly FormOptions Bounds = new()
    {
        ValueCountLimit = 64,
        ValueLengthLimit = 256 * 1024,
        KeyLengthLimit = 128,
        BufferBodyLengthLimit = LargestForm,
        MultipartBodyLengthLimit = LargestForm,
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/file", (HttpContext http, FilePages pages) => pages.AskAsync(http)).IsOpen(OpenBecause).WithName("file-page").ExcludeFromDescription();
        app.MapPost("/file", (HttpContext http, FilePages pages) => pages.TakeAsync(http)).WithMetadata(EndpointPolicy.Open(OpenBecause, RefuseAsync), new LargeForm()).TakesFiles().WithName("file-form").ExcludeFromDescription();
        app.MapGet("/file/poster", (HttpContext http, FilePages pages) => pages.PrintAsync(http)).IsOpen("A printed address of an open page.").WithName("file-poster").ExcludeFromDescription();
    }

    private async Task<IResult> AskAsync(HttpContext http)
    {
        var words = CitizenFrame.WordsOf(http);
        return Ask(http, StatusCodes.Status200OK, words, await ModelAsync(http, words));
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        var words = CitizenFrame.WordsOf(http);
        var model = await ModelAsync(http, words);
        if (await Forms.ReadOpenAsync(http, Bounds) is not { } form)
            return Ask(http, StatusCodes.Status400BadRequest, words, model with { Error = "badForm" });
        // Filled in as before, under the draw of the first page: whoever sends it again sends the same.
        model = model with { Form = form, Draw = form["id"].ToString() is { Length: > 0 and <= 60 } draw ? draw : model.Draw, Error = null, Field = null };
        var (read, error, field) = Read(form, model, words);
        if (read is null)
            return Ask(http, StatusCodes.Status400BadRequest, words, model with { Error = error, Field = field });
        var (files, unfit) = await CitizenFiles.ReadAsync(form);
        if (unfit is not null)
            return Ask(http, StatusCodes.Status400BadRequest, words, model with { Error = unfit, Field = "files" });
        var (filed, refusal) = await filing.FileAsync(read, CaseActor.Citizen, model.Draw);
        // Who chose the place only now was asked for a category of all places: the office finds a better one.
        if (refusal is { Code: "category-unknown" } && model.Node is null)
            (filed, refusal) = await filing.FileAsync(read with { Category = null }, CaseActor.Citizen, model.Draw);
        if (filed is not null)
        {
            var all = await CitizenFiles.AttachAsync(calls, filed.Id, model.Draw, files);
            return new SeeOther($"/filed/{filed.TrackingCode}?{CitizenFrame.LanguageMember}={words.Language}{(all ? "" : "&files=missing")}");
        }

        if (refusal!.Code == "case-exists")
            return http.Notice(StatusCodes.Status409Conflict, words, "file-sent", "file-sent-text");
        (error, field) = ErrorOf(refusal.Code, refusal.Field);
        return Ask(http, Problem.StatusOf(refusal), words, model with { Error = error, Field = field });
    }

    private async Task<IResult> PrintAsync(HttpContext http)
    {
        var words = CitizenFrame.WordsOf(http);
        if (await access.FindAsync(http.Request.Query["at"].ToString(), NodeScope.Everywhere) is not { } node)
            return http.Notice(StatusCodes.Status404NotFound, words, "notFound", "file-place-unknown");
        var path = ActionOf(node);
        return address.TryLink(path, out var link, out var refusal)
            ? http.Citizens<PosterPage>(StatusCodes.Status200OK, words, new()
            {
                ["Address"] = "/file/poster?at=" + Uri.EscapeDataString(node.Id.Value),
                ["Place"] = words.PlaceOf(bureau.Current.Tree, node),
                ["Link"] = link.Url,
                ["Picture"] = QrPicture.Address(link),
            })
            : http.Page<MessagePage>(Problem.StatusOf(refusal), new() { ["Words"] = words, ["Message"] = "file-poster-none" });
    }

    private async Task<FileModel> ModelAsync(HttpContext http, PageWords words)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var asked = http.Request.Query["at"].ToString();
        if (asked.Length > 0 && await access.FindAsync(asked, NodeScope.Everywhere) is { } node)
            return new FileModel(ActionOf(node), node, words.PlaceOf(bureau.Current.Tree, node), [], FilePlaces.CategoriesOf(bureau.Current, node, now, words)) { Draw = RatingIntake.Draw() };
        return new FileModel("/file", null, null, FilePlaces.PlacesOf(bureau.Current, now, words), FilePlaces.CategoriesOf(bureau.Current, null, now, words))
        {
            Draw = RatingIntake.Draw(),
            Error = asked.Length > 0 ? "file-place-unknown" : null,
            Field = asked.Length > 0 ? "place" : null,
        };
    }

    private (Filing? Filing, string? Error, string? Field) Read(IFormCollection form, FileModel model, PageWords words)
    {
        if (CaseWords.KindOf(form["kind"].ToString()) is not { } kind || !FileModel.Kinds.Contains(kind))
            return (null, "file-choose-kind", "kind");
        var place = model.Node?.Id.Value ?? form["place"].ToString();
        if (place.Length == 0)
            return (null, "file-choose-place", "place");
        var (said, contact, category) = (form["words"].ToString().ReplaceLineEndings("\n").Trim(), form["contact"].ToString().Trim(), form["category"].ToString());
        if (said.Length == 0)
            return (null, "file-words-missing", "words");
        if (said.Length > CaseRequest.LongestText)
            return (null, "file-words-long", "words");
        if (contact.Length > FileModel.LongestContact)
            return (null, "file-contact-long", "contact");
        var about = form["about"].ToString();
        if (about.Length > FileModel.LongestAbout)
            return (null, "file-about-long", "about");
        var (named, kept) = NamedBy(about, kind);
        if (kept.Count > 0)
            said += "\n\n" + words.Say("file-about-kept", string.Join(", ", kept));
        if (said.Length > CaseRequest.LongestText)
            return (null, "file-about-long", "about");
        return (new Filing(kind, model.Node is null ? CaseChannel.Web : CaseChannel.Qr, place)
        {
            Category = category.Length > 0 ? category : null,
            Words = said,
            Contact = contact.Length > 0 ? contact : null,
            About = named,
            Language = words.Tag,
        }, null, null);
    }

    // Those registered here are kept from the case. A number that nobody has would keep nobody from it, and whoever is praised may read that:
    // such numbers stay with the words.
    private (ImmutableArray<string> Named, List<string> Kept) NamedBy(string about, CaseKind kind)
    {
        var (named, kept) = (new List<string>(), new List<string>());
        foreach (var number in about.Split([' ', '\u3000', ',', '，', '、', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (kind != CaseKind.Praise && CodeOf(number) is { } code)
                named.Add(code);
            else
                kept.Add(number);
        }

        return ([.. named], kept);
    }

    // As it is registered, or but for its capitals, which phones write by themselves.
    private string? CodeOf(string number)
    {
        var staff = bureau.Current.Catalogue.Staff;
        return staff.ContainsKey(number) ? number
            : staff.Keys.Where(code => code.Equals(number, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only
            : null;
    }

    private static (string Error, string? Field) ErrorOf(string code, string? field) => (code, field) switch
    {
        ("node-unknown", _) => ("file-choose-place", "place"),
        ("category-unknown", _) => ("file-category-unknown", "category"),
        ("text-unfit", _) => ("file-unfit", field),
        ("text-too-long", _) => ("file-words-long", "words"),
        ("busy" or "outcome-unknown" or "upgrade-under-way" or "command-unreadable", _) => ("file-busy", null),
        _ => ("rating-not-taken", null),
    };

    // Nothing of the form was read: it is still in the browser, one page back.
    private static Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        var (words, seconds) = (CitizenFrame.WordsOf(http), int.Parse(refusal.Value!, CultureInfo.InvariantCulture));
        var notice = refusal.Code == "too-many-bytes"
            ? http.Notice(StatusCodes.Status429TooManyRequests, words, "file-files-sum", "file-files-sum-text", (seconds + 59) / 60)
            : http.Notice(StatusCodes.Status429TooManyRequests, words, "rating-not-taken", "tooMany");
        return notice.ExecuteAsync(http);
    }

    private static IResult Ask(HttpContext http, int status, PageWords words, FileModel model) => http.Citizens<FilePage>(status, words, new() { ["Model"] = model });

    private static string ActionOf(Node node) => "/file?at=" + Uri.EscapeDataString(node.Id.Value);

    private sealed class LargeForm : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => LargestForm;
    }
}
