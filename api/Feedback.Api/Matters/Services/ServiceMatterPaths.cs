using Feedback.Domain.ServiceMatters;

namespace Feedback.Api.Matters.Services;

/// <summary>Paths of service matters that pages lead to.</summary>
public static class ServiceMatterPaths
{
    /// <summary>Where whoever has a code sees the notice.</summary>
    public static string NoticeOf(string code) => "/api/v1/service-matters/notices/" + code;

    /// <summary>Where the office prints the notice of a matter.</summary>
    public static string NoticeOf(MatterId matter) => $"/api/v1/service-matters/{matter}/notice";
}
