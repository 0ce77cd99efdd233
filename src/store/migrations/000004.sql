-- The search box: the words of customers, which src/record/search-words.ts makes.

-- A word of a customer. Source is 0 for what the customer's own row tells, and the number of the address otherwise, so
-- that a word goes when the last that told it goes. Rank 0 are marks, 1 names, 2 what leads to one customer, 3 places.
-- B-trees and not an inverted index: under row-level security PostgreSQL uses an index only with leakproof operators,
-- and those of tsvector, arrays and pg_trgm are not. See docs/decisions/2026-11-24-search.md.
-- Reader of the primary key: a search, which reads a word's customers with names first, then by number.
create table concord.search_word (
  customer_number bigint not null,
  source bigint not null,
  tenant_id integer not null,
  rank smallint not null,
  word text collate "C" not null,
  primary key (tenant_id, word, rank, customer_number, source)
);
-- Readers: the other words of a candidate; the removal of a customer; the change of an address.
create index search_word_customer on concord.search_word (tenant_id, customer_number);

alter table concord.search_word enable row level security;
alter table concord.search_word force row level security;
create policy own on concord.search_word using (tenant_id = nullif(current_setting('concord.tenant', true), '')::integer);

-- What was a customer's word must not stay in statistics; the plans do not need it, every look-up is by key.
alter table concord.search_word alter column word set statistics 0;

-- Version of the rules by which the tenant's words were made. SEARCH_RULES of src/record/search-words.ts: a new tenant
-- has no words, so it has none of older rules.
alter table concord.tenant add column search_rules integer not null default 0;
alter table concord.tenant alter column search_rules set default 1;

-- Whoever removes a customer removes the words, too: nothing may be left of somebody who was erased.
create function concord.search_forget() returns trigger language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  delete from concord.search_word where tenant_id = old.tenant_id and customer_number = old.number;
  return null;
end
$$;
create trigger search_forget after delete on concord.customer for each row execute function concord.search_forget();

-- Words come as JSON lists, each with its rank before it: 1mueller.
create function concord.search_add(for_tenant integer, for_customer bigint, for_source bigint, words jsonb)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into concord.search_word (tenant_id, word, rank, customer_number, source)
  select for_tenant, substr(each, 2), left(each, 1)::smallint, for_customer, for_source
  from jsonb_array_elements_text(words) as each
  on conflict do nothing;
end
$$;

-- Writes words after customer_write has written what they are of, in the same statement of the client. A customer's own
-- words are changed under the lock on the customer, those of an address under the lock on the address.
create function concord.search_write(for_tenant integer, written jsonb)
returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  item jsonb;
  sharers bigint[];
  sharer bigint;
begin
  -- What the customer itself tells, and the addresses that are new.
  for item in select value from jsonb_array_elements(written -> 'own') loop
    if item ? 'dropped' then
      delete from concord.search_word
      where tenant_id = for_tenant and customer_number = (item ->> 'customer')::bigint and source = 0
        and rank || word in (select jsonb_array_elements_text(item -> 'dropped'));
    end if;
    perform concord.search_add(
      for_tenant, (item ->> 'customer')::bigint, (item ->> 'source')::bigint, item -> 'words'
    );
  end loop;

  -- Addresses that tell something else now, to all who have them.
  for item in select value from jsonb_array_elements(written -> 'places') loop
    sharers := array(
      select customer.number
      from concord.customer_address as link
      join concord.customer as customer on customer.tenant_id = for_tenant and customer.id = link.customer_id
      where link.tenant_id = for_tenant and link.address_id = (item ->> 'id')::uuid
      order by customer.number
    );
    foreach sharer in array sharers loop
      delete from concord.search_word
      where tenant_id = for_tenant and customer_number = sharer and source = (item ->> 'source')::bigint
        and not rank || word in (select jsonb_array_elements_text(item -> 'words'));
      perform concord.search_add(for_tenant, sharer, (item ->> 'source')::bigint, item -> 'words');
    end loop;
  end loop;

  -- Addresses that were there already and that the customer has now: the words are those that others have from it,
  -- because whoever links it may have read it before it changed.
  for item in select value from jsonb_array_elements(written -> 'linked') loop
    insert into concord.search_word (tenant_id, word, rank, customer_number, source)
    select for_tenant, word, rank, (item ->> 'customer')::bigint, source
    from concord.search_word
    where tenant_id = for_tenant and source = (item ->> 'source')::bigint
      and customer_number in (
        select customer.number
        from concord.customer_address as link
        join concord.customer as customer on customer.tenant_id = for_tenant and customer.id = link.customer_id
        where link.tenant_id = for_tenant and link.address_id = (item ->> 'id')::uuid
        union
        select (gone ->> 'customer')::bigint
        from jsonb_array_elements(written -> 'unlinked') as gone
        where gone -> 'source' = item -> 'source'
      )
    on conflict do nothing;
  end loop;

  for item in select value from jsonb_array_elements(written -> 'unlinked') loop
    delete from concord.search_word
    where tenant_id = for_tenant and customer_number = (item ->> 'customer')::bigint
      and source = (item ->> 'source')::bigint;
  end loop;
end
$$;

-- A function of its own, so that a write that changes no words does not pay for the question.
create function concord.customer_write_with_words(for_tenant integer, written jsonb, words jsonb)
returns void language plpgsql as $$
begin
  perform concord.customer_write(for_tenant, written);
  perform concord.search_write(for_tenant, words);
end
$$;

create function concord.search_texts(list jsonb) returns text[] language sql immutable parallel safe
return array(select jsonb_array_elements_text(list));

-- The customers of one token in the order of the index, with repetitions: whole words, then beginnings, then words that
-- may have been meant; at most `maximum`.
create function concord.search_scan(for_tenant integer, token jsonb, maximum integer)
returns bigint[] language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  whole text[] := concord.search_texts(token -> 'words');
  prefixes text[] := concord.search_texts(token -> 'prefixes');
  near text[] := concord.search_texts(token -> 'near');
begin
  return array(
    select found.customer_number from (
      select hit.customer_number
      from unnest(whole) as wanted cross join lateral (
        select customer_number from concord.search_word
        where tenant_id = for_tenant and word = wanted order by rank, customer_number limit maximum
      ) as hit
      union all
      select hit.customer_number
      from unnest(prefixes) as wanted cross join lateral (
        select customer_number from concord.search_word
        where tenant_id = for_tenant and word >= wanted and word < wanted || U&'\+10FFFF'
        order by word, rank, customer_number limit maximum
      ) as hit
      union all
      select hit.customer_number
      from unnest(near) as wanted cross join lateral (
        select customer_number from concord.search_word
        where tenant_id = for_tenant and word = wanted order by rank, customer_number limit maximum
      ) as hit
    ) as found
    limit maximum
  );
end
$$;

-- Those of the candidates whom a token matches, in the order given. Limits keep the planner from reading a whole word
-- in place of looking it up.
create function concord.search_narrow(for_tenant integer, token jsonb, candidates bigint[])
returns bigint[] language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  whole text[] := concord.search_texts(token -> 'words') || concord.search_texts(token -> 'near');
  prefixes text[] := concord.search_texts(token -> 'prefixes');
  wanted boolean := not token ? 'absent';
begin
  if prefixes = '{}' then
    return array(
      select candidate.number
      from unnest(candidates) with ordinality as candidate (number, place)
      left join lateral (
        select true as present
        from unnest(whole) as named cross join lateral (
          select 1 from concord.search_word
          where tenant_id = for_tenant and word = named and rank = any ('{0,1,2,3}')
            and customer_number = candidate.number
          limit 1
        ) as entry
        limit 1
      ) as hit on true
      where coalesce(hit.present, false) = wanted
      order by candidate.place
    );
  end if;
  return array(
    select candidate.number
    from unnest(candidates) with ordinality as candidate (number, place)
    cross join lateral (
      select 1 from concord.search_word
      where tenant_id = for_tenant and customer_number = candidate.number
        and (word = any (whole) or word ^@ any (prefixes))
      limit 1
    ) as hit
    order by candidate.place
  );
end
$$;

-- Those of a list who are in another, each once, in the order of the first.
create function concord.search_common(list bigint[], other bigint[]) returns bigint[] language sql immutable parallel safe
return array(
  select number from unnest(list) with ordinality as each (number, place)
  where number in (select unnest(other))
  group by number order by min(place)
);

-- The customers whom every token matches, the best first, at most `maximum`.
--
-- Words are read where they stand together, 0.15 µs each, and in one customer after the other by look-ups of 5 to 25 µs. So a
-- token that few have is read whole: up to 4,000 of its words and, where that leaves many customers, up to 50,000, though
-- not of one or two letters. What such tokens have in common is walked, and each customer on the way is asked for the
-- other tokens, 1,000 customers at most: a word that more than 50,000 have, 50 of those have in a tenant of a million.
-- At most 100 are ranked.
create function concord.search_find(for_tenant integer, tokens jsonb, maximum integer)
returns setof text language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  alone_maximum constant integer := 400;
  walk_maximum constant integer := 1000;
  few constant integer := 200;
  step constant integer := 100;
  candidates_maximum integer := 100;
  bounds integer[] := case when jsonb_array_length(tokens) = 1 then array[alone_maximum] else array[4000, 50000] end;
  bound integer;
  remaining integer[] := array(
    select place - 1 from jsonb_array_elements(tokens) with ordinality as list (token, place) where not token ? 'absent'
  );
  place integer;
  scanned bigint[];
  longest bigint[];
  longest_place integer;
  walked bigint[];
  candidates bigint[] := '{}';
  some_of bigint[];
  start integer := 1;
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  foreach bound in array bounds loop
    foreach place in array remaining loop
      continue when bound > bounds[1]
        and (cardinality(walked) <= few or length(tokens -> place -> 'prefixes' ->> 0) <= 2);
      scanned := concord.search_scan(for_tenant, tokens -> place, bound);
      longest := scanned;
      longest_place := place;
      if cardinality(scanned) < bound then
        walked := case when walked is null then scanned else concord.search_common(walked, scanned) end;
        remaining := array_remove(remaining, place);
        exit when walked = '{}';
      end if;
    end loop;
    exit when walked = '{}' or remaining = '{}';
  end loop;
  if walked is null then
    walked := longest;
    remaining := array_remove(remaining, longest_place);
  end if;
  remaining := remaining || array(
    select list.place::integer - 1 from jsonb_array_elements(tokens) with ordinality as list (token, place)
    where token ? 'absent'
  );
  if remaining <> '{}' then
    candidates_maximum := least(candidates_maximum, 2 * maximum);
  end if;

  while start <= least(cardinality(walked), walk_maximum) and cardinality(candidates) < candidates_maximum loop
    some_of := array(
      select number from unnest(walked[start : start + step - 1]) with ordinality as each (number, place)
      where number <> all (candidates)
      group by number order by min(each.place)
    );
    start := start + step;
    foreach place in array remaining loop
      exit when some_of = '{}';
      some_of := concord.search_narrow(for_tenant, tokens -> place, some_of);
    end loop;
    candidates := candidates || some_of;
  end loop;
  candidates := candidates[1 : candidates_maximum];

  return query
    with token as materialized (
      select position, concord.search_texts(each -> 'words') as whole,
        concord.search_texts(each -> 'prefixes') as prefixes, concord.search_texts(each -> 'near') as near
      from jsonb_array_elements(tokens) with ordinality as list (each, position)
      where not each ? 'absent'
    ),
    matched as (
      select candidate.number, token.position, min(
        case
          when entry.word = any (token.whole) then 0
          when entry.word ^@ any (token.prefixes) then 4
          else 8
        end + entry.rank
      ) as cost
      from unnest(candidates) as candidate (number)
      cross join lateral (
        select word, rank from concord.search_word
        where tenant_id = for_tenant and customer_number = candidate.number
        offset 0
      ) as entry
      join token
        on entry.word = any (token.whole) or entry.word ^@ any (token.prefixes) or entry.word = any (token.near)
      group by candidate.number, token.position
    ),
    best as materialized (
      select number, sum(cost) as cost from matched group by number order by sum(cost), number limit maximum
    )
    select found.record
    from best
    cross join lateral (
      select record from concord.customer_record where tenant_id = for_tenant and number = best.number offset 0
    ) as found
    order by best.cost, best.number;
end
$$;

-- Which of the words there are; of each beginning the first words.
create function concord.search_known(for_tenant integer, words text[], prefixes text[])
returns setof text language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('concord.tenant', for_tenant::text, true);
  return query
    select hit.word from unnest(words) as wanted cross join lateral (
      select entry.word from concord.search_word as entry
      where entry.tenant_id = for_tenant and entry.word = wanted limit 1
    ) as hit
    union all
    select hit.word from unnest(prefixes) as wanted cross join lateral (
      select entry.word from concord.search_word as entry
      where entry.tenant_id = for_tenant and entry.word >= wanted and entry.word < wanted || U&'\+10FFFF'
      order by entry.word limit 1
    ) as hit;
end
$$;
