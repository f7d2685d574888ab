//! Pages of a few words, in both languages and without scripts: for what must be readable whatever is missing.

/// What a plain page says: a headline and a sentence in Chinese, and both in English.
pub type Words = [&'static str; 4];

pub(super) const NOT_BUILT: Words = [
    "服务已启动，页面还没有编译进来",
    "请运行 scripts/build：它先编译 web/ 里的页面，再把页面装进程序。接口不受影响，说明在 /api/v1/openapi.json。",
    "The server runs, without its pages",
    "Run scripts/build: it builds the pages in web/ and then the binary that carries them. The interface works all the \
     same; it describes itself at /api/v1/openapi.json.",
];

/// The page as HTML. The words are shown as they are: no caller's text belongs in them.
pub fn html([title, text, title_en, text_en]: Words) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · 到岗</title>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n\
         <section lang=\"en\">\n<h2>{title_en}</h2>\n<p>{text_en}</p>\n</section>\n</main>\n</body>\n</html>\n"
    )
}
