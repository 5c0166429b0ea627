-- What happened in every domain, as their events tell it, and the seals that show whether it is still all there.

CREATE TABLE auditoria (
  organizacao_id uuid NOT NULL,
  numero bigint NOT NULL,
  id uuid NOT NULL,
  dominio text NOT NULL,
  usuario_id uuid,
  sessao_id uuid,
  acao text NOT NULL,
  entidade text NOT NULL,
  entidade_id uuid NOT NULL,
  -- Names of the fields that changed, never their values: erasing a person rewrites no history.
  campos text[] NOT NULL,
  ip inet,
  user_agent text,
  request_id text NOT NULL,
  em timestamptz(3) NOT NULL,
  PRIMARY KEY (organizacao_id, numero)
);
CREATE UNIQUE INDEX auditoria_organizacao_id_id_key ON auditoria (organizacao_id, id);
CREATE INDEX auditoria_organizacao_id_em_id_idx ON auditoria (organizacao_id, em, id);
CREATE INDEX auditoria_organizacao_id_usuario_id_em_id_idx ON auditoria (organizacao_id, usuario_id, em, id);
CREATE INDEX auditoria_organizacao_id_acao_em_id_idx ON auditoria (organizacao_id, acao, em, id);
CREATE INDEX auditoria_organizacao_id_entidade_em_id_idx ON auditoria (organizacao_id, entidade, em, id);
CREATE INDEX auditoria_organizacao_id_entidade_id_em_id_idx ON auditoria (organizacao_id, entidade_id, em, id);

-- The last number given to a record of each organization.
CREATE TABLE trilha (
  organizacao_id uuid PRIMARY KEY,
  ultimo_numero bigint NOT NULL
);

CREATE TABLE selo_auditoria (
  organizacao_id uuid NOT NULL,
  numero integer NOT NULL,
  primeiro_numero bigint NOT NULL,
  ultimo_numero bigint NOT NULL,
  resumos bytea[] NOT NULL,
  selado_em timestamptz(3) NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (organizacao_id, numero)
);
CREATE UNIQUE INDEX selo_auditoria_organizacao_id_primeiro_numero_key ON selo_auditoria (organizacao_id, primeiro_numero);

SELECT teia.proteger('auditoria');
SELECT teia.proteger('trilha');
SELECT teia.proteger('selo_auditoria');
-- What has happened is only ever added to.
REVOKE UPDATE, DELETE ON auditoria FROM teia_aplicacao;
-- Which number comes next is not for who adds a record to say.
REVOKE INSERT, UPDATE, DELETE ON trilha FROM teia_aplicacao;
CREATE POLICY numera ON trilha TO teia_dono USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY numera ON auditoria FOR SELECT TO teia_dono USING (organizacao_id = teia.organizacao_atual());

-- Gives a record the next number of its organization, whatever number it came with. One that is there already is left
-- out, and takes none. The row of trilha stays locked until the transaction ends: numbers are committed in their order.
CREATE FUNCTION teia.numerar_registro() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.trilha AS t (organizacao_id, ultimo_numero) VALUES (NEW.organizacao_id, 1)
  ON CONFLICT (organizacao_id) DO UPDATE SET ultimo_numero = t.ultimo_numero + 1
  RETURNING t.ultimo_numero INTO NEW.numero;
  IF EXISTS (SELECT FROM public.auditoria a WHERE a.organizacao_id = NEW.organizacao_id AND a.id = NEW.id) THEN
    UPDATE public.trilha t SET ultimo_numero = t.ultimo_numero - 1 WHERE t.organizacao_id = NEW.organizacao_id;
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION teia.numerar_registro() FROM PUBLIC;
CREATE TRIGGER numerar BEFORE INSERT ON auditoria FOR EACH ROW EXECUTE FUNCTION teia.numerar_registro();

-- Who writes records seals none.
REVOKE INSERT, UPDATE, DELETE ON selo_auditoria FROM teia_aplicacao;

-- Who seals reads the records of all organizations and changes none.
CREATE POLICY selagem ON auditoria FOR SELECT TO teia_auditoria USING (true);
CREATE POLICY selagem ON trilha FOR SELECT TO teia_auditoria USING (true);
CREATE POLICY selagem_le ON selo_auditoria FOR SELECT TO teia_auditoria USING (true);
CREATE POLICY selagem_cria ON selo_auditoria FOR INSERT TO teia_auditoria WITH CHECK (true);
GRANT SELECT ON auditoria, trilha TO teia_auditoria;
GRANT SELECT, INSERT ON selo_auditoria TO teia_auditoria;
