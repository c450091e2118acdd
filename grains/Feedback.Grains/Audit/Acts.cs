namespace Feedback.Grains.Audit;

/// <summary>The stable words of acts that several places record; <see cref="AuditEntry.Act"/>.</summary>
public static class Acts
{
    /// <summary>Who acts on the command line: whoever may run verbs on the machine.</summary>
    public const string Verb = "verb";

    /// <summary>A register was taken from a spreadsheet; the target is the register.</summary>
    public const string RegisterImported = "register.imported";

    /// <summary>Old evaluations were taken from a file; the target is the import's name.</summary>
    public const string EvaluationsImported = "evaluations.imported";

    /// <summary>Cases of another system were taken from a file; the target is the import's name.</summary>
    public const string CasesImported = "cases.imported";

    /// <summary>Everything derived was made anew from the journal.</summary>
    public const string DerivedRebuilt = "derived.rebuilt";

    /// <summary>A backup was begun; the target is its name. Written first, so that it is in the backup, too.</summary>
    public const string BackupMade = "backup.made";

    /// <summary>The database was filled from a backup; the target is its name.</summary>
    public const string BackupRestored = "backup.restored";

    /// <summary>The site was moved from files into PostgreSQL.</summary>
    public const string SiteMigrated = "site.migrated";

    /// <summary>A key or token was issued; the target is the node it is good for.</summary>
    public const string KeyIssued = "key.issued";

    /// <summary>A key or token was revoked; the target is the key.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>One-time codes for terminals were issued.</summary>
    public const string CodeIssued = "code.issued";

    /// <summary>A one-time code of a terminal was revoked.</summary>
    public const string CodeRevoked = "code.revoked";

    /// <summary>A terminal got a key for a one-time code.</summary>
    public const string TerminalEnrolled = "terminal.enrolled";

    /// <summary>Somebody signed in.</summary>
    public const string SessionBegan = "session.began";

    /// <summary>Somebody signed out; the session ended.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>Somebody could not sign in. The target is the account that was named, if there is one.</summary>
    public const string SessionRefused = "session.refused";

    /// <summary>The audit trail was exported.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>An account was opened.</summary>
    public const string AccountOpened = "account.opened";

    /// <summary>An account was disabled.</summary>
    public const string AccountDisabled = "account.disabled";

    /// <summary>A password was changed or drawn anew.</summary>
    public const string AccountPassword = "account.password";

    /// <summary>Where the person of an account is written to was changed; the address itself is not told.</summary>
    public const string AccountEmail = "account.email";

    /// <summary>The staff code of an account was changed; the reason tells the old one and the new one.</summary>
    public const string AccountStaff = "account.staff";

    /// <summary>An account that was opened for external sign-in was bound to who came from the provider.</summary>
    public const string AccountBound = "account.bound";

    /// <summary>An account's grants were replaced; the reason tells them.</summary>
    public const string RoleGranted = "role.granted";

    /// <summary>Somebody set a second factor up.</summary>
    public const string SecondFactorSet = "second-factor.set";

    /// <summary>A second factor was taken away.</summary>
    public const string SecondFactorReset = "second-factor.reset";

    /// <summary>Somebody drew new recovery codes.</summary>
    public const string SecondFactorRecovery = "second-factor.recovery";

    /// <summary>Comments were read as they were written.</summary>
    public const string CommentRead = "comment.read";

    /// <summary>Somebody was told who rated.</summary>
    public const string IdentityUnmasked = "identity.unmasked";

    /// <summary>Somebody was told how the citizen of a case can be reached; the target is the case.</summary>
    public const string CaseContactTold = "case.contact-told";

    /// <summary>Somebody who is complained of, or leads those who are, was kept from a case; the target is the case.</summary>
    public const string CaseRecused = "case.recused";

    /// <summary>Supervision entered what the city did with an order; the target is the case, the reason the step.</summary>
    public const string CaseForCity = "case.for-city";

    /// <summary>An evaluation was taken out of the figures.</summary>
    public const string EvaluationExcluded = "evaluation.excluded";

    /// <summary>An evaluation was taken back into the figures.</summary>
    public const string EvaluationReinstated = "evaluation.reinstated";

    /// <summary>What is kept of one person was looked for.</summary>
    public const string SubjectFound = "subject.found";

    /// <summary>What is kept of one person was exported.</summary>
    public const string SubjectExported = "subject.exported";

    /// <summary>What was kept of one person was erased.</summary>
    public const string SubjectErased = "subject.erased";

    /// <summary>A newer master key was added.</summary>
    public const string KeysRotated = "keys.rotated";

    /// <summary>Data keys were wrapped by the newest master key.</summary>
    public const string KeysRewrapped = "keys.rewrapped";

    /// <summary>A policy was set at a node; the reason tells its day and its document.</summary>
    public const string PolicySet = "policy.set";

    /// <summary>The city's own figures of its hotline were told; the target is the month.</summary>
    public const string HotlineFiguresTold = "hotline.figures-told";

    /// <summary>Service matters of another system were told with the times that they had; the reason tells how many, the target which where it is one.</summary>
    public const string MattersTold = "matters.told";

    /// <summary>What is published about a service item was set; the target is the item.</summary>
    public const string ServiceItemDisclosed = "service-item.disclosed";

    /// <summary>Somebody had an item sent again that the higher platform did not take; the target is the item.</summary>
    public const string PlatformResent = "platform.resent";

    /// <summary>The holidays of a year were defined; the reason tells where they were announced.</summary>
    public const string CalendarDefined = "calendar.defined";
}
