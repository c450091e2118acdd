using Feedback.Api.Addresses;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Setup;

/// <summary>The register page: uploads and templates.</summary>
internal sealed class RegisterPages(IRegisterImport registers, IAudit audit, IBureau bureau, IAntiforgery forms)
{
    /// <summary>What is wrong with an upload that is larger than any request may be.</summary>
    public const string TooLarge = "setup-too-large";

    /// <summary>The page as it stands.</summary>
    public IResult Show(HttpContext http, Account account, RegisterPageModel model)
    {
        var words = PageWords.For(http.Request);
        return http.Page<RegistersPage>(StatusOf(model), new()
        {
            ["Words"] = words,
            ["Account"] = account.Name,
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken,
            ["Model"] = model with { Bureau = bureau.Current },
        });
    }

    /// <summary>Takes an uploaded register.</summary>
    public async Task<IResult> ImportAsync(HttpContext http, Account account)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Show(http, account, new RegisterPageModel { Error = status == StatusCodes.Status413PayloadTooLarge ? TooLarge : "badForm" });
        if (!Enum.TryParse<RegisterKind>(form["kind"].ToString(), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return Show(http, account, new RegisterPageModel { Error = "badForm" });
        if (form.Files["file"] is not { Length: > 0 } file)
            return Show(http, account, new RegisterPageModel { Uploaded = kind, Error = "setup-no-file" });
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        var onlyChecked = form["check"] == "on";
        var outcome = await registers.ImportAsync(audit, "account:" + account.Name, CallerAddress.Of(http), kind, content.ToArray(), onlyChecked, PageWords.For(http.Request).Culture);
        return Show(http, account, new RegisterPageModel { Uploaded = kind, Outcome = outcome, OnlyChecked = onlyChecked });
    }

    /// <summary>A workbook to fill in, in the reader's language.</summary>
    public IResult Template(HttpContext http, string kind)
    {
        if (!Enum.TryParse<RegisterKind>(kind, ignoreCase: true, out var register) || !Enum.IsDefined(register))
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var words = PageWords.For(http.Request);
        http.SetPageHeaders();
        return Results.File(
            registers.Template(register, words.Culture), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            words["setup-" + register.ToString().ToLowerInvariant()] + ".xlsx");
    }

    private static int StatusOf(RegisterPageModel model) =>
        model.Error == TooLarge ? StatusCodes.Status413PayloadTooLarge
        : model.Error is not null || model.Outcome is { Errors.Count: > 0 } ? StatusCodes.Status400BadRequest
        : StatusCodes.Status200OK;
}
