;; Emacs edits a file under lsp-mode, shows what the server says of it, and
;; applies a fix. The arguments come by the environment: SERVER, a command, and
;; ROOT.
(unless (and (require 'lsp-mode nil t) (require 'go-mode nil t))
  (message "no lsp-mode")
  (kill-emacs 0))
(require 'flymake)
(setq lsp-disabled-clients '(gopls golangci-lint)
      lsp-diagnostics-provider :flymake
      lsp-enable-file-watchers nil
      lsp-enable-snippet nil
      lsp-headerline-breadcrumb-enable nil
      lsp-modeline-code-actions-enable nil
      lsp-completion-enable nil
      lsp-idle-delay 0.1
      lsp-restart 'ignore
      lsp-session-file (expand-file-name "session" (getenv "HOME")))
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (split-string (getenv "SERVER") " "))
                  :activation-fn (lsp-activate-on "go" "toml")
                  :add-on? t
                  :server-id 'boundaries))

(defun shown ()
  (mapconcat (lambda (d) (format "%s" (gethash "message" d)))
             (append (gethash (buffer-file-name) (lsp-diagnostics t)) nil) "\n"))

(defun wait-for (what condition)
  (let ((until (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) until)
        (message "not seen: %s; shown: %s" what (shown))
        (kill-emacs 1))
      (accept-process-output nil 0.05))
    (message "seen: %s" what)))

(defun line-3 (text)
  (goto-char (point-min))
  (forward-line 2)
  (delete-region (point) (line-end-position))
  (insert text)
  (backward-char 5))

(lsp-workspace-folders-add (getenv "ROOT"))
(find-file (expand-file-name "products/billing/logic/logic.go" (getenv "ROOT")))
(lsp)
(wait-for "the server" #'lsp-workspaces)
(line-3 "import facade \"example.com/mono/products/users/models\"")
(wait-for "a finding in the unsaved buffer" (lambda () (string-match-p "keeps private" (shown))))
(if (getenv "FIX")
    (lsp-execute-code-action
     (seq-find (lambda (a) (string-prefix-p "Import" (gethash "title" a))) (lsp-code-actions-at-point)))
  (line-3 "import facade \"example.com/mono/products/users/facade\""))
(wait-for "the fix" (lambda () (and (string= "" (shown)) (string-match-p "users/facade\"" (buffer-string)))))
(with-temp-file (expand-file-name "boundaries.toml" (getenv "ROOT"))
  (insert "products = [\"products/*\"]\n[[modules]]\npath = \"products/billing\"\ndepends_on = []\n"))
(wait-for "an edit of the configuration, which nobody watches" (lambda () (string-match-p "without declaring it" (shown))))
(set-buffer-modified-p nil)
(lsp-workspace-shutdown (car (lsp-workspaces)))
(wait-for "its shutdown" (lambda () (null (lsp-workspaces))))
(kill-emacs 0)
