using Feedback.Api;
using Feedback.Domain.Access;
using Feedback.Web.Frame;

namespace Feedback.Web.Setup;

/// <summary>The addresses of the register page; each exists for administrators of the whole bureau only.</summary>
internal static class RegisterEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder app)
    {
        app.MapPost("/setup/import", (HttpContext http, RegisterPages pages) => SetupEndpoints.ForAdministratorAsync(http, account =>
                // A larger body is refused before it is read; a form that is too large for that says so on the page.
                http.Request.ContentLength > ApiSetup.LargestRequest
                    ? Task.FromResult(pages.Show(http, account, new RegisterPageModel { Error = RegisterPages.TooLarge }))
                    : pages.ImportAsync(http, account))).PageDemands(Permission.ManageRegisters).ExcludeFromDescription();
        app.MapGet("/setup/template/{kind}.xlsx", (string kind, HttpContext http, RegisterPages pages) =>
            SetupEndpoints.ForAdministratorAsync(http, _ => Task.FromResult(pages.Template(http, kind)))).PageDemands(Permission.ManageRegisters).ExcludeFromDescription();
    }
}
