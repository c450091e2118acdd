namespace Feedback.Domain.Access;

/// <summary>What a person is to the bureau. Each role is granted at a node and good at or below it; the citizen needs none.</summary>
public enum Role
{
    /// <summary>窗口人员: sees the released figures of the own window, never who said what, when.</summary>
    WindowStaff = 1,

    /// <summary>大厅负责人: reads everything of a hall but who said it.</summary>
    HallManager,

    /// <summary>区县负责人: reads everything of a district but who said it.</summary>
    DistrictManager,

    /// <summary>案件承办人: reads comments as they were written, and may be told who wrote them, for a reason.</summary>
    CaseOfficer,

    /// <summary>督办员: watches over ratings and over who looks at raters; excludes and reinstates.</summary>
    Supervisor,

    /// <summary>发布员: reads and publishes what is released.</summary>
    Publisher,

    /// <summary>系统管理员: organisation, catalogue, staff. One of the three administrators of which nobody is two.</summary>
    SystemAdministrator,

    /// <summary>安全管理员: accounts, terminals, tokens, erasure. One of the three administrators of which nobody is two.</summary>
    SecurityAdministrator,

    /// <summary>审计管理员: reads what everybody did. One of the three administrators of which nobody is two.</summary>
    AuditAdministrator,
}

/// <summary>The words of roles, as they are stored, sent and typed.</summary>
public static class RoleWords
{
    private static readonly string[] Words =
    [
        "window-staff", "hall-manager", "district-manager", "case-officer", "supervisor", "publisher",
        "system-administrator", "security-administrator", "audit-administrator",
    ];

    /// <summary>Every role's word, in the order of the roles.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The stable word.</summary>
    public static string Word(this Role role) => Words[(int)role - 1];

    /// <summary>The role of that word, or null.</summary>
    public static Role? RoleOf(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (Role)(index + 1) : null;
}
