namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>The style sheet of a report: light and dark, narrow and wide, screen and paper. The colors are those of the page.</summary>
internal static class ReportStyle
{
    /// <summary>The rules.</summary>
    public const string Css = """
        :root {
          color-scheme: light dark;
          --page: #f3f5f7; --surface: #ffffff; --track: #e9edf1; --line: #dfe4e9; --text: #1a232c; --soft: #5a6570; --accent: #0f6e78;
          --angry: #c63f22; --disgusted: #a39412; --fearful: #6259b8; --happy: #f0bd03; --neutral: #a5bad4; --other: #1e7a78;
          --sad: #2fa2f2; --surprised: #f45aa8; --unknown: #6f6d58;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #12161a; --surface: #1b2025; --track: #2a3138; --line: #323a42; --text: #e7ecf0; --soft: #a3aeb8; --accent: #6ccad3;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; padding: 32px 20px 48px; background: var(--page); color: var(--text);
          font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
        }
        main { max-width: 1040px; margin: 0 auto; }
        h1 { margin: 0; font-size: 27px; line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
        h2 { margin: 0 0 4px; font-size: 18px; font-weight: 620; overflow-wrap: anywhere; }
        h3 { margin: 0 0 2px; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
        p { margin: 0; }
        code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: nowrap; }
        .kind { color: var(--accent); font-weight: 600; }
        .soft { color: var(--soft); }
        .head { margin-bottom: 20px; }
        .head p { overflow-wrap: anywhere; }
        section { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; margin-top: 16px; }
        section > .soft { margin-bottom: 14px; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 12px; margin: 0; }
        .figures div {
          display: flex; flex-direction: column; justify-content: space-between;
          background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px;
        }
        .figures dt { color: var(--soft); font-size: 13px; }
        .figures dd {
          margin: 2px 0 0; font-size: 22px; line-height: 1.25; font-weight: 640; white-space: nowrap;
          font-variant-numeric: tabular-nums;
        }
        .scroll { overflow-x: auto; }
        .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; border-radius: 4px; }
        table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th { color: var(--soft); font-size: 13px; font-weight: 500; text-align: start; white-space: nowrap; }
        th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
        tr:last-child > td { border-bottom: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        td.number, th.number { text-align: end; white-space: nowrap; }
        .number + :not(.number) { padding-left: 10px; }
        td.name { overflow-wrap: anywhere; min-width: 7em; }
        td.emotion { white-space: nowrap; }
        td.text { overflow-wrap: anywhere; min-width: 16em; }
        td.bar { width: 46%; min-width: 130px; }
        svg { display: block; width: 100%; border-radius: 4px; background: var(--track); }
        svg.thin { height: 14px; }
        svg.thick { height: 26px; margin: 4px 0 16px; }
        svg.histogram { height: 150px; background: none; border-radius: 0; border-bottom: 1px solid var(--soft); }
        .axis { display: flex; justify-content: space-between; color: var(--soft); font-size: 13px; margin-top: 4px; }
        .note { color: var(--soft); font-size: 13px; margin-top: 6px; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 14px; padding: 0; list-style: none; font-size: 13px; }
        .dot { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-inline-end: 6px; }
        .group + .group { margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); }
        ul.files { margin: 8px 0 0; padding: 0; list-style: none; }
        ul.files li { padding: 6px 0; border-top: 1px dashed var(--line); overflow-wrap: anywhere; }
        ul.files .soft { font-size: 13px; }
        footer { margin-top: 24px; color: var(--soft); font-size: 13px; }
        .accent { fill: var(--accent); }
        .angry { fill: var(--angry); background: var(--angry); } .disgusted { fill: var(--disgusted); background: var(--disgusted); }
        .fearful { fill: var(--fearful); background: var(--fearful); } .happy { fill: var(--happy); background: var(--happy); }
        .neutral { fill: var(--neutral); background: var(--neutral); } .other { fill: var(--other); background: var(--other); }
        .sad { fill: var(--sad); background: var(--sad); } .surprised { fill: var(--surprised); background: var(--surprised); }
        .unknown { fill: var(--unknown); background: var(--unknown); }
        @media (max-width: 560px) {
          body { padding: 20px 12px 32px; }
          section { padding: 16px 14px; }
          .figures { grid-template-columns: 1fr 1fr; }
          table { font-size: 14px; }
          td.bar { width: auto; min-width: 48px; }
          td.name { min-width: 4em; }
          th, th.number { white-space: normal; }
          .wide { display: none; }
          th, td { padding-right: 8px; }
          .number + :not(.number) { padding-left: 4px; }
        }
        @media print {
          :root {
            --page: #ffffff; --surface: #ffffff; --track: #eef1f4; --line: #ccd3da; --text: #000000; --soft: #444444; --accent: #0f6e78;
          }
          body { padding: 0; font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          main { max-width: none; }
          section { break-inside: auto; border-radius: 0; }
          tr, li, .figures div, h2, h3, svg { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
        }
        """;
}
