-- Gives two roles the passwords that stand at the end of their password files, for compose.yaml and kubernetes.yaml.
\set owner `cut -d: -f5 /run/secrets/owner.pgpass`
\set user `cut -d: -f5 /run/secrets/user.pgpass`
ALTER ROLE rollcall_owner PASSWORD :'owner';
ALTER ROLE rollcall_user PASSWORD :'user';
