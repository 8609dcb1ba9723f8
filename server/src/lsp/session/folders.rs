//! Workspace folders: which one a document belongs to.

use std::path::PathBuf;
use std::sync::Mutex;

use tower_lsp::ls_types::{InitializeParams, Uri, WorkspaceFolder, WorkspaceFoldersChangeEvent};

use super::{documents, lock};

/// The folders of the workspace, in the client's order.
#[derive(Debug, Default)]
pub(crate) struct Folders(Mutex<Vec<Uri>>);

impl Folders {
    /// Reads the folders with which a session begins.
    pub(crate) fn begin(&self, params: &InitializeParams) {
        let listed = params.workspace_folders.iter().flatten().map(|folder| folder.uri.clone());
        *lock(&self.0) = listed.collect();
        #[expect(deprecated, reason = "clients of earlier versions of the protocol have nothing else")]
        let root = params.root_uri.clone();
        if let (Some(root), true) = (root, lock(&self.0).is_empty()) {
            lock(&self.0).push(root);
        }
    }

    /// Follows a change.
    pub(crate) fn change(&self, event: WorkspaceFoldersChangeEvent) {
        let removed = |uri: &Uri, list: &[WorkspaceFolder]| list.iter().any(|folder| &folder.uri == uri);
        let mut folders = lock(&self.0);
        folders.retain(|uri| !removed(uri, &event.removed));
        folders.extend(event.added.into_iter().map(|folder| folder.uri));
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<Uri> {
        lock(&self.0).clone()
    }

    /// The first, if there is one.
    pub(crate) fn first(&self) -> Option<String> {
        lock(&self.0).first().map(|uri| uri.as_str().to_owned())
    }

    /// The innermost folder that holds a document.
    pub(crate) fn of(&self, document: &Uri) -> Option<String> {
        let holds = |folder: &&Uri| {
            let folder = folder.as_str().trim_end_matches('/');
            document.as_str().strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let folders = lock(&self.0);
        folders.iter().filter(holds).max_by_key(|folder| folder.as_str().len()).map(|uri| uri.as_str().to_owned())
    }

    /// The path of a document to show: from its folder on, or the whole.
    pub(crate) fn display(&self, document: &Uri) -> String {
        let Some(path) = documents::path(document) else { return documents::file_name(document) };
        let root = self.of(document).and_then(|folder| documents::path(&folder.parse().ok()?));
        let shown = root.as_deref().and_then(|root| path.strip_prefix(root).ok().map(PathBuf::from));
        shown.filter(|path| !path.as_os_str().is_empty()).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_belongs_to_the_innermost_folder() {
        let folders = Folders::default();
        let uri = |text: &str| text.parse::<Uri>().expect("a URI");
        *lock(&folders.0) = vec![uri("file:///code"), uri("file:///code/inner/"), uri("file:///other")];
        for (document, folder, shown) in [
            ("file:///code/a.md", Some("file:///code"), "a.md"),
            ("file:///code/inner/src/b.rs", Some("file:///code/inner/"), "src/b.rs"),
            ("file:///codeshop/c.md", None, "/codeshop/c.md"),
            ("untitled:Untitled-1", None, "Untitled-1"),
        ] {
            assert_eq!(folders.of(&uri(document)).as_deref(), folder, "{document}");
            assert_eq!(folders.display(&uri(document)), shown, "{document}");
        }
    }
}
